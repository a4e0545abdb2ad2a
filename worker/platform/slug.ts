const GREEK: Record<string, string> = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
};

/** A title → what its address says of it: lower-case Latin letters, digits and hyphens; Greek by ELOT 743, roughly. Never empty. */
export function slugOf(title: string): string {
  const latin = title.toLowerCase().replaceAll('ου', 'ou').normalize('NFD').replace(/\p{M}/gu, '').replace(/[α-ω]/g, (letter) => GREEK[letter] ?? '');
  return latin.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-$/, '') || 'untitled';
}
