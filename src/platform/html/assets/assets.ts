import type { Tenant } from '../../tenants/tenant.ts'

/** Files that browsers load: stylesheets, scripts, fonts. Read once at start, served from memory. */
export interface Assets {
  /** Address with the content's hash in it: `url('site.css')` → `/assets/site-3f9a1c….css`. Throws for a name that is none. */
  url(name: string): string
  /** Address of the stylesheet with the city's colours. */
  themeUrl(tenant: Tenant): string
  /** The icon of the browser's tab, in the city's colour. */
  iconUrl(tenant: Tenant): string
  /** What to answer for `/assets/<path>`; null where there is nothing. `tenant` is needed for the city's own stylesheet. */
  serve(path: string, tenant: Tenant, acceptEncoding?: string): AssetReply | null
  /** Makes the copies for browsers that take compressed ones, which is nearly all; until then they get the plain ones. */
  compress(): Promise<void>
}

export interface AssetReply {
  readonly status: 200
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}
