/** What can be read on a page, in one line; entities stay as they are. */
export const wordsOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
