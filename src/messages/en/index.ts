import account from './account.ts';
import admin from './admin.ts';
import common from './common.ts';
import home from './home.ts';
import kb from './kb.ts';
import forum from './forum.ts';
import tickets from './tickets.ts';
import agent from './agent.ts';
import csm from './csm.ts';
import search from './search.ts';
import people from './people.ts';
import errors from './errors.ts';
import welcome from './welcome.ts';

export default { account, admin, common, home, kb, forum, tickets, agent, csm, search, people, errors, welcome };
