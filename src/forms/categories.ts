interface Placed {
  id: string;
  name: string;
  parentId: string | null;
}

/** A category with what is below it. */
export interface Branch<Category> {
  category: Category;
  below: Branch<Category>[];
}

/** Categories one below another, each level in the order given. One whose parent is not among them stands by itself. */
export function treeOf<Category extends Placed>(all: readonly Category[]): Branch<Category>[] {
  const known = new Set(all.map(({ id }) => id));
  const level = (parent: string | null): Branch<Category>[] => all.filter(({ parentId }) => (known.has(parentId ?? '') ? parentId : null) === parent).map((category) => ({ category, below: level(category.id) }));
  return level(null);
}

/** What a category is part of, from the top down, itself last. */
export function pathTo<Category extends Placed>(all: readonly Category[], category: Category): Category[] {
  const parent = all.find(({ id }) => id === category.parentId);
  return [...(parent ? pathTo(all, parent) : []), category];
}

/** A category named with what it is part of: “Product › Calendars”. */
export const fullName = <Category extends Placed>(all: readonly Category[], category: Category): string => pathTo(all, category).map(({ name }) => name).join(' › ');

/** Every category once, those that are part of another right after it. */
export const inTreeOrder = <Category extends Placed>(all: readonly Category[]): Category[] => treeOf(all).flatMap(flat);

const flat = <Category>({ category, below }: Branch<Category>): Category[] => [category, ...below.flatMap(flat)];

/** A category and all below it. */
export const withAllBelow = <Category extends Placed>(all: readonly Category[], id: string): Category[] => all.filter((one) => pathTo(all, one).some((above) => above.id === id));
