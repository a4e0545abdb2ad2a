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
import security from './security.ts';
import entry from './entry.ts';
import mail from './mail.ts';
import authentication from './authentication.ts';
import sso from './sso.ts';

export default { common, home, kb, forum, tickets, agent, csm, search, people, errors, welcome, security, entry, mail, authentication, sso };
