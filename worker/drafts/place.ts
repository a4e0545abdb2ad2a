/** The place of a topic that is not opened yet. A reply’s place is the id of its topic. */
export const NEW_TOPIC = 'new';
