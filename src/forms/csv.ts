/** What spreadsheets take for a formula: after an apostrophe it is text. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (text: string) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** A line of CSV (RFC 4180), every cell in quotes, none of them a formula. */
export const csvLine = (cells: string[]) => `${cells.map(cell).join(',')}\r\n`;
