interface Statement {
  sql: string;
  args: (string | number | null)[];
}

const choices = (...list: [value: string, en: string, el: string][]) => JSON.stringify(list.map(([value, en, el]) => ({ value, en, el })));

const fields = [
  { key: 'calendar', kind: 'choice', en: 'Which calendar', el: 'Ποιο ημερολόγιο', choices: choices(['own', 'The one of the portal', 'Της πύλης'], ['google', 'Google', 'Google'], ['outlook', 'Outlook', 'Outlook']) },
  { key: 'microsoft', kind: 'text', en: 'Your Microsoft plan', el: 'Το πρόγραμμά σας στη Microsoft', choices: '[]' },
  { key: 'since', kind: 'date', en: 'Since which day', el: 'Από ποια ημέρα', choices: '[]' },
  { key: 'devices', kind: 'multi', en: 'Where you see it', el: 'Πού το βλέπετε', choices: choices(['web', 'Browser', 'Περιηγητής'], ['ios', 'iPhone or iPad', 'iPhone ή iPad'], ['android', 'Android', 'Android']) },
  { key: 'call', kind: 'person', en: 'Who sees it', el: 'Ποιος το βλέπει', choices: '[]' },
  { key: 'origin', kind: 'choice', en: 'Cause', el: 'Αιτία', choices: choices(['setting', 'A setting', 'Ρύθμιση'], ['defect', 'Our defect', 'Σφάλμα μας'], ['other', 'Another service', 'Άλλη υπηρεσία']) },
  { key: 'invoice', kind: 'pattern', en: 'Number of the invoice', el: 'Αριθμός τιμολογίου', choices: '[]', pattern: 'INV-######' },
];

const forms = [
  {
    id: 'frm_demo_booking', en: 'A booking went wrong', el: 'Κάτι πήγε στραβά με κράτηση', lead: 'Which calendar it was tells us where to look first.', leadEl: 'Με το ημερολόγιο ξέρουμε πού να κοιτάξουμε πρώτα.',
    asks: [{ key: 'calendar', submit: 1 }, { key: 'microsoft', when: ['calendar', 'outlook'] }, { key: 'since' }, { key: 'devices' }, { key: 'call' }, { key: 'origin', solve: 1, internal: true }],
  },
  { id: 'frm_demo_invoice', en: 'An invoice or a payment', el: 'Τιμολόγιο ή πληρωμή', lead: 'Its number stands at the top right.', leadEl: 'Ο αριθμός του είναι πάνω δεξιά.', asks: [{ key: 'invoice', submit: 1 }] },
] as { id: string; en: string; el: string; lead: string; leadEl: string; asks: { key: string; submit?: 1; solve?: 1; internal?: true; when?: [string, string] }[] }[];

const idOf = (key: string) => `fld_demo_${key}`;

/** What the demo's tickets ask by form, one ticket that answered and that customers are told of, a problem that is known, and a status in the team's own words. */
export const demoForms = (now: number): Statement[] => [
  ...fields.map(({ key, kind, en, el, choices: list, pattern = '' }) => ({
    sql: 'insert into ticket_fields (id, key, kind, label_en, label_el, pattern, choices, created_at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing',
    args: [idOf(key), key, kind, en, el, pattern, list, now],
  })),
  ...forms.flatMap(({ id, en, el, lead, leadEl, asks }, position) => [
    { sql: 'insert into ticket_forms (id, name_en, name_el, description_en, description_el, position, created_at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing', args: [id, en, el, lead, leadEl, position, now] },
    ...asks.map(({ key, submit = 0, solve = 0, internal, when }, place) => ({
      sql: 'insert into form_fields (form_id, field_id, position, to_submit, to_solve, is_visible, is_editable, when_field, when_value) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing',
      args: [id, idOf(key), place, submit, solve, internal ? 0 : 1, internal ? 0 : 1, when ? idOf(when[0]) : null, when ? when[1] : null],
    })),
  ]),
  { sql: `update tickets set form_id = 'frm_demo_booking' where import_id = 'k-outlook'`, args: [] },
  ...[['calendar', 'outlook'], ['microsoft', 'Business Basic'], ['devices', 'web']].map(([key, value]) => ({
    sql: `insert into ticket_values (ticket_id, field_id, value) select id, ?, ? from tickets where import_id = 'k-outlook' on conflict do nothing`,
    args: [idOf(key!), value!],
  })),
  { sql: `insert into ticket_values (ticket_id, field_id, value) select id, ?, requester_id from tickets where import_id = 'k-outlook' on conflict do nothing`, args: [idOf('call')] },
  {
    sql: `insert into incidents (id, ticket_id, words_en, words_el, shown_at) select 'inc_demo_outlook', id, ?, ?, ? from tickets where import_id = 'k-outlook' on conflict do nothing`,
    args: ['Outlook calendars show changes hours late', 'Τα ημερολόγια του Outlook δείχνουν τις αλλαγές με ώρες καθυστέρηση', now],
  },
  { sql: `update topics set problem_state = 'known' where import_id = 't-logout'`, args: [] },
  {
    sql: 'insert into ticket_statuses (id, category, agent_en, agent_el, customer_en, customer_el, created_at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing',
    args: ['sts_demo_engineering', 'on_hold', 'With engineering', 'Στους τεχνικούς', 'Our engineers work on it', 'Το δουλεύουν οι τεχνικοί μας', now],
  },
  { sql: `update tickets set status_id = 'sts_demo_engineering' where status = 'on_hold' and import_id is not null`, args: [] },
];
