const BROWSERS: [name: string, mark: RegExp][] = [
  ['Edge', /\bEdgA?\/|\bEdgiOS\//], ['Opera', /\bOPR\//], ['Samsung Internet', /SamsungBrowser\//], ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /Chrome\/|CriOS\//], ['Safari', /Version\/[\d.]+ .*Safari\//], ['curl', /^curl\//],
];
const SYSTEMS: [name: string, mark: RegExp][] = [
  ['iPhone', /iPhone/], ['iPad', /iPad/], ['Android', /Android/], ['Windows', /Windows NT/], ['ChromeOS', /\bCrOS\b/], ['macOS', /Mac OS X/], ['Linux', /Linux/],
];

/** What a browser calls itself, as its owner would: `Firefox · Windows`; empty when it says nothing that we know. */
export function deviceOf(userAgent: string | null): string {
  const named = (list: [string, RegExp][]) => list.find(([, mark]) => mark.test(userAgent ?? ''))?.[0];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(' · ');
}
