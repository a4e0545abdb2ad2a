/** Fields of CSV (RFC 4180), with commas, semicolons or tabs between them, whichever the first line has most of. */
export function rowsOf(csv: string): string[][] {
  const text = csv.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const first = text.split('\n', 1)[0]!;
  const comma = [',', ';', '\t'].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const ended = () => {
    row.push(field.trim());
    field = '';
  };
  for (let i = 0; i <= text.length; i++) {
    const letter = text[i] ?? '\n';
    if (quoted && i < text.length) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (letter === '"' && field.trim() === '') {
      quoted = true;
      field = '';
    } else if (letter === comma) ended();
    else if (letter === '\n') {
      ended();
      rows.push(row);
      row = [];
    } else field += letter;
  }
  return rows;
}

const COLUMNS = ['email', 'name', 'role', 'account', 'locale'] as const;

export type Line = { number: number } & Record<(typeof COLUMNS)[number], string>;

/** The lines of a list of people, with their numbers in it, empty ones left out. A first line of column names says their order; without one it is email, name, role, account, locale. */
export function linesOf(csv: string): Line[] {
  const [first, ...rest] = rowsOf(csv);
  const named = first!.map((name) => name.toLowerCase());
  const isHead = named.includes('email');
  const order = isHead ? named : (COLUMNS as readonly string[]);
  return (isHead ? rest : [first!, ...rest])
    .map((row, i) => ({ number: i + (isHead ? 2 : 1), ...(Object.fromEntries(COLUMNS.map((column) => [column, row[order.indexOf(column)] ?? ''])) as Record<(typeof COLUMNS)[number], string>) }))
    .filter(({ number: _, ...fields }) => Object.values(fields).some(Boolean));
}
