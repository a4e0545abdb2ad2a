/** SQL as its words and signs; what stands in brackets is a list of its own. */
type Node = string | Node[];

const WORDS = /[xX]'[0-9a-fA-F]*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][\w$]*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\|\||->>|->|<=|>=|<>|!=|==|<<|>>|\S/g;

/** Each place of a value gets a number, by which it is known wherever it is moved. */
function parsed(text: string): Node[] {
  const open: Node[][] = [[]];
  let places = 0;
  for (const word of text.match(WORDS) ?? []) {
    if (word === '(') open.push([]);
    else if (word === ')') {
      const group = open.pop()!;
      open.at(-1)!.push(group);
    } else open.at(-1)!.push(word === '?' ? `?${places++}` : word);
  }
  return open[0]!;
}

const isTight = (before: Node | undefined, node: Node) => before === undefined || before === '.' || node === '.' || node === ',' || (Array.isArray(node) && isBare(before));

const printed = (nodes: Node[]): string => nodes.map((node, i) => (isTight(nodes[i - 1], node) ? '' : ' ') + (Array.isArray(node) ? `(${printed(node)})` : node)).join('');

const SETS = ['union', 'intersect', 'except'];
/** What comes after the sources and the condition of a select. */
const LAST = ['group', 'having', 'window', 'order', 'limit'];
const KEYWORDS = new Set([...SETS, ...LAST, ...'all select distinct from where by on and or not is null in exists case when then else end between like glob match cast as integer text real escape collate nocase join left inner cross outer with recursive materialized asc desc offset values over partition filter true false'.split(' ')]);
/** They tell of many rows; of several values some of them tell of one, which is not looked into. */
const AGGREGATES = ['count', 'sum', 'total', 'avg', 'min', 'max', 'group_concat', 'json_group_array', 'json_group_object', 'over'];

const lower = (node: Node | undefined) => (typeof node === 'string' ? node.toLowerCase() : '');
const isOneOf = (words: string[]) => (node: Node) => words.includes(lower(node));
const isName = (node: Node | undefined): node is string => typeof node === 'string' && node.startsWith('"');
/** A name without quotes: brackets after it hold what it is called with. */
const isBare = (node: Node | undefined): node is string => typeof node === 'string' && /^[A-Za-z_][\w$]*$/.test(node) && !KEYWORDS.has(node.toLowerCase());
const isQuery = (node: Node) => Array.isArray(node) && isOneOf(['select', 'with'])(node[0] ?? '');
const unquoted = (name: string) => name.replaceAll('"', '');

/** Whether something holds for a word here or within brackets, but not within a query there; of the words around it, too. */
const some = (nodes: Node[], is: (node: string, before: Node | undefined, after: Node | undefined) => boolean): boolean =>
  nodes.some((node, i) => (Array.isArray(node) ? !isQuery(node) && some(node, is) : is(node, nodes[i - 1], nodes[i + 1])));

/** Whether something holds for a word anywhere. */
const anywhere = (nodes: Node[], is: (node: string, before: Node | undefined, after: Node | undefined) => boolean): boolean =>
  nodes.some((node, i) => (Array.isArray(node) ? anywhere(node, is) : is(node, nodes[i - 1], nodes[i + 1])));

const queriesIn = (nodes: Node[]): Node[] => nodes.flatMap((node) => (Array.isArray(node) ? (isQuery(node) ? [node] : queriesIn(node)) : []));

function split(nodes: Node[], is: (node: Node) => boolean): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (is(node)) parts.push([]);
    else parts.at(-1)!.push(node);
  }
  return parts;
}

/** A select in its parts: up to `from`, what it reads, under which condition, and the rest. */
interface Select {
  head: Node[];
  sources: Node[];
  where: Node[];
  tail: Node[];
}

function selectIn(nodes: Node[]): Select | undefined {
  const after = (start: number, words: string[]) => {
    const found = nodes.findIndex((node, i) => i > start && isOneOf(words)(node) && !(lower(node) === 'from' && lower(nodes[i - 1]) === 'distinct'));
    return found < 0 ? nodes.length : found;
  };
  const start = nodes.findIndex(isOneOf(['select']));
  const from = start < 0 ? nodes.length : after(start, ['from']);
  if (from === nodes.length) return undefined;
  const [end, last] = [after(from, ['where', ...LAST]), after(from, LAST)];
  return { head: nodes.slice(0, from), sources: nodes.slice(from + 1, end), where: nodes.slice(end + 1, last), tail: nodes.slice(last) };
}

const wordsOf = ({ head, sources, where, tail }: Select): Node[] => [...head, 'from', ...sources, ...(where.length > 0 ? ['where', ...where] : []), ...tail];

/** Rows of one table: which, and what is said of each that is no column of it. */
interface Rows {
  table: string;
  where: Node[];
  made: Map<string, Node[]>;
}

function rowsIn(query: Node[]): Rows | undefined {
  if (lower(query[0]) !== 'select' || query.some(isOneOf([...SETS, ...LAST, 'distinct']))) return undefined;
  const select = selectIn(query);
  const [source] = select?.sources ?? [];
  const table = Array.isArray(source) ? source[0] : source;
  if (select?.sources.length !== 1 || (Array.isArray(source) && source.length !== 1) || !(isName(table) || isBare(table))) return undefined;
  const made = new Map<string, Node[]>();
  for (const item of split(select.head.slice(1), (node) => node === ',')) {
    const [name, said] = [item.at(-1), item.slice(0, -2)];
    if (!isName(name) || !(item.length === 1 || (lower(item.at(-2)) === 'as' && said.length > 0) || (item.length === 3 && item[1] === '.'))) return undefined;
    if (lower(item.at(-2)) === 'as') made.set(name, said);
  }
  const said = [select.where, ...made.values()];
  const isKnown = said.every((nodes) => !some(nodes, (node, before, after) => AGGREGATES.includes(lower(node)) || (isBare(node) && before !== '.' && after !== '.' && !Array.isArray(after))));
  return isKnown ? { table, where: select.where, made } : undefined;
}

/** Columns of a table by the name that it goes by in the query around. */
function renamed(nodes: Node[], table: string, name: string, isWithin = false): Node[] {
  return nodes.flatMap((node, i): Node[] => {
    if (Array.isArray(node)) return [renamed(node, table, name, isWithin || isQuery(node))];
    if (isName(node) && nodes[i + 1] === '.') return [unquoted(node) === unquoted(table) ? name : node];
    return isName(node) && !isWithin && nodes[i - 1] !== '.' ? [name, '.', node] : [node];
  });
}

/** Whether every column of the table that is spoken of can be renamed. */
const canRename = (nodes: Node[], table: string) => !anywhere(nodes, (node, _before, after) => unquoted(node) === unquoted(table) && !(isName(node) && after === '.'));

/** Two conditions as one. */
function both(one: Node[], other: Node[]): Node[] {
  if (one.length === 0 || other.length === 0) return [...one, ...other];
  const held = (nodes: Node[]): Node[] => (nodes.some(isOneOf(['or'])) ? [nodes] : nodes);
  return [...held(one), 'and', ...held(other)];
}

const isReference = (name: string) => (node: string, before: Node | undefined, after: Node | undefined) => node === name && before !== '.' && after !== '.' && lower(before) !== 'as';

/** What is made of a row, in place of its name; with its name where that is a column of the answer. */
const inPlace = (nodes: Node[], name: string, said: Node[], isAnswer: boolean): Node[] =>
  nodes.flatMap((node, i): Node[] => {
    const [before, after] = [nodes[i - 1], nodes[i + 1]];
    if (Array.isArray(node)) return [isQuery(node) ? node : inPlace(node, name, said, false)];
    if (!isReference(name)(node, before, after)) return [node];
    const isWhole = isAnswer && (lower(before) === 'select' || before === ',') && (after === undefined || after === ',');
    return isWhole ? [said, 'as', name] : [said];
  });

/** Whether a condition never holds: so a viewer is told that there is nothing, and the database looks no further. */
const isNever = (nodes: Node[]) => some(nodes, (node, before) => lower(node) === 'false' || (node === '0' && (before === undefined || lower(before) === 'and')));

const isAll = (node: Node, i: number, nodes: Node[]) => node === '*' && (nodes[i - 1] === '.' || nodes[i - 1] === ',' || ['select', 'distinct'].includes(lower(nodes[i - 1])));

/** The select, reading the table itself in place of rows of it in the brackets at `i`; undefined where that may say something else. */
function without(select: Select, i: number): Select | undefined {
  const { head, sources, where, tail } = select;
  const group = sources[i]!;
  const at = lower(sources[i + 1]) === 'as' ? i + 2 : i + 1;
  const name = sources[at];
  const rows = Array.isArray(group) && isName(name) ? rowsIn(group) : undefined;
  if (!rows || !isName(name) || head.some(isAll) || [where, rows.where].some(isNever)) return undefined;
  const isInner = i === 0 || sources[i - 1] === ',' || (lower(sources[i - 1]) === 'join' && !['left', 'outer'].includes(lower(sources[i - 2])));
  const isLeft = lower(sources[i - 1]) === 'join' && lower(sources[i - 2]) === 'left';
  if (!isInner && !(isLeft && rows.made.size === 0)) return undefined;
  const isSame = unquoted(name) === unquoted(rows.table);
  if (!isSame && ![rows.where, ...rows.made.values()].every((nodes) => canRename(nodes, rows.table))) return undefined;
  const within = queriesIn([...head, ...sources.filter((source) => source !== group), ...where, ...tail]);
  if ([...rows.made.keys()].some((made) => anywhere(within, isReference(made)))) return undefined;

  const condition = renamed(rows.where, rows.table, name);
  let read = [...sources.slice(0, i), ...(isSame ? [name] : [rows.table, name]), ...sources.slice(at + 1)];
  if (isLeft && condition.length > 0) {
    const on = read.findIndex((node, k) => k > i && lower(node) === 'on');
    const next = read.findIndex((node, k) => k > on && (node === ',' || isOneOf(['left', 'inner', 'cross', 'join'])(node)));
    const end = next < 0 ? read.length : next;
    read = [...read.slice(0, on + 1), ...both(read.slice(on + 1, end), condition), ...read.slice(end)];
  }
  const flat = { head, sources: read, where: isLeft ? where : both(condition, where), tail };
  return [...rows.made].reduce((made, [column, said]) => {
    const whole = renamed(said, rows.table, name);
    const told = inPlace(made.head, column, whole, true);
    return { head: told, sources: inPlace(made.sources, column, whole, false), where: inPlace(made.where, column, whole, false), tail: told.length > made.head.length ? made.tail : inPlace(made.tail, column, whole, false) };
  }, flat);
}

function flattened(nodes: Node[]): Node[] {
  const inner = nodes.map((node) => (Array.isArray(node) ? flattened(node) : node));
  const parts = split(inner, isOneOf(SETS));
  const signs = inner.filter(isOneOf(SETS));
  return parts.flatMap((part, i) => [...(i > 0 ? [signs[i - 1]!] : []), ...flattenedPart(part)]);
}

function flattenedPart(nodes: Node[]): Node[] {
  let select = selectIn(nodes);
  if (!select) return nodes;
  for (let i = 0; i < select.sources.length; i++) if (isQuery(select.sources[i]!)) select = without(select, i) ?? select;
  return wordsOf(select);
}

/** SQL, and of which place before each of its places is: a value may be told twice, or no more. */
export interface Flat {
  sql: string;
  places: number[];
}

/**
 * The same question with fewer selects in it: where it reads `(select … from "table" where …) "name"`, as what a viewer sees of a table is told, it reads the table, and the
 * condition is one of its own. SQLite does so itself each time that it plans a query, which takes it as long as all else of the planning (query flattening,
 * sqlite.org/optoverview.html#flattening); done here, it is done once. What could come to say something else is left as it is.
 */
export function flat(text: string): Flat {
  const places: number[] = [];
  const sql = printed(flattened(parsed(text))).replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?(\d+)/g, (word, place?: string) => {
    if (place === undefined) return word;
    places.push(Number(place));
    return '?';
  });
  return { sql, places };
}
