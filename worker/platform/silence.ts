/** Parts of the product where others read what somebody does, and the few things in them that stay everybody’s. */
const PUBLIC = ['forum', 'posts', 'ideas', 'kb', 'moderation', 'handovers', 'advice', 'screening', 'newcomers'];
const STAYS = ['posts.remove'];

/** Whether an operation, by its name, is not for those who are silenced: everything in public, whoever adds it. Own tickets, settings and appeals go on. */
export const isPublic = (operation: string) => PUBLIC.includes(operation.split('.')[0]!) && !STAYS.includes(operation);
