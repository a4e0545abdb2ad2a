/** The CSV that a form brought: its file, if one was chosen, else the lines in its field. At most 100,000 characters are read. */
export async function csvOf(form: Record<string, unknown>): Promise<string> {
  const file = form['file'];
  const text = file instanceof File && file.size > 0 ? await file.slice(0, 400_000).text() : String(form['csv'] ?? '');
  return text.slice(0, 100_001);
}
