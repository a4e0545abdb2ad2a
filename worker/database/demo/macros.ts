interface Statement {
  sql: string;
  args: (string | number)[];
}

const answers = [
  {
    id: 'mac_demo_version', folder: 'First line', name: 'Ask for version and steps', actions: { status: 'pending', addTags: ['needs-info'] },
    en: 'Dear {{requester.first_name}},\n\nthank you for writing. Which version do you use, and which steps lead there? A picture of the screen helps.\n\n{{agent.name}}',
    el: 'Αγαπητέ/ή {{requester.first_name}},\n\nσας ευχαριστούμε που μας γράψατε. Ποια έκδοση χρησιμοποιείτε και με ποια βήματα εμφανίζεται; Μια εικόνα της οθόνης βοηθά.\n\n{{agent.name}}',
  },
  {
    id: 'mac_demo_fixed', folder: 'First line', name: 'It is fixed', actions: { status: 'solved', removeTags: ['needs-info'] },
    en: 'Dear {{requester.first_name}},\n\nthis is fixed since today. If it comes back, answer here and ticket {{ticket.number}} is open again.\n\n{{agent.name}}',
    el: 'Αγαπητέ/ή {{requester.first_name}},\n\nαυτό διορθώθηκε σήμερα. Αν εμφανιστεί ξανά, απαντήστε εδώ και το αίτημα {{ticket.number}} ανοίγει πάλι.\n\n{{agent.name}}',
  },
  { id: 'mac_demo_urgent', folder: 'Escalation', name: 'Take over as urgent', actions: { priority: 'urgent', assignee: 'me', addTags: ['escalated'] } },
];

/** Answers that the demo's team writes often, for everyone. */
export const macros = (now: number): Statement[] =>
  answers.map(({ id, folder, name, actions, ...texts }) => ({
    sql: `insert into macros (id, folder, name, texts, actions, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
    args: [id, folder, name, JSON.stringify(texts), JSON.stringify(actions), now, now],
  }));
