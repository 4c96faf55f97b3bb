import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

describe('the configuration', () => {
  it('needs nothing at all', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      baseUrl: 'http://localhost:8080',
      databaseUrl: null,
      devPages: 'this-machine',
    })
  })

  it('names everything that is wrong, at once', () => {
    const wrong = { PORT: 'eighty', DATABASE_URL: 'mysql://x', DEMO: 'paris' }
    expect(() => readConfig(wrong)).toThrow(ConfigError)
    expect(() => readConfig(wrong)).toThrow(/PORT is "eighty"/)
    expect(() => readConfig({ SERVERS: '2', PORT: '0' })).toThrow(/SERVERS above 1 need a PORT/)
    expect(() => readConfig(wrong)).toThrow(/DEMO is "paris"/)
    expect(() => readConfig(wrong)).toThrow(/DATABASE_URL has to be/)
  })

  it.each([
    [{}, 'this-machine'],
    [{ BASE_URL: 'http://musterstadt.localhost:8080' }, 'this-machine'],
    [{ BASE_URL: 'https://rathaus.musterstadt.example' }, 'nobody'],
    [{ SMTP_URL: 'smtp://localhost:25' }, 'nobody'],
    [{ DEMO: 'none' }, 'nobody'],
    [{ DEMO: 'none', DEV_PAGES: 'yes' }, 'everybody'],
    [{ BASE_URL: 'https://rathaus.musterstadt.example', DEV_PAGES: 'yes' }, 'everybody'],
  ])('with %j the mails that were not sent are shown to %s', (env, shown) => {
    expect(readConfig(env).devPages).toBe(shown)
  })

  it.each([
    [{}, 'musterstadt'],
    [{ DATABASE_URL: 'postgres://db/rathaus' }, 'musterstadt'],
    [{ DATABASE_URL: 'postgres://db/rathaus', BASE_URL: 'https://rathaus.musterstadt.example' }, 'none'],
    [{ DATABASE_URL: 'postgres://db/rathaus', BASE_URL: 'https://demo.example', DEMO: 'musterstadt' }, 'musterstadt'],
  ])('with %j a new installation gets the city %s', (env, demo) => {
    expect(readConfig(env).demo).toBe(demo)
  })

  it('finds a secret for one city before one for all', () => {
    const config = readConfig({ SECRET_BAD_URACH_KEY: 'one', SECRET_KEY: 'all' })
    expect(config.secret('bad-urach', 'KEY')).toBe('one')
    expect(config.secret('karlsruhe', 'KEY')).toBe('all')
    expect(config.secret('karlsruhe', 'OTHER')).toBeNull()
  })
})
