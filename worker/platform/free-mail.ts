/** Providers of mail for anybody: an address there says nothing of where somebody works. */
const FREE = new Set(
  `gmail.com googlemail.com outlook.com outlook.fr outlook.de hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.gr live.com live.co.uk live.fr live.nl msn.com
  yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.gr yahoo.co.in yahoo.co.jp yahoo.com.br ymail.com rocketmail.com aol.com icloud.com me.com mac.com
  proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org
  mail.com email.com zoho.com zohomail.com fastmail.com fastmail.fm hey.com yandex.com yandex.ru mail.ru bk.ru inbox.ru list.ru rambler.ru qq.com 163.com 126.com yeah.net sina.com
  foxmail.com naver.com daum.net hanmail.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it seznam.cz wp.pl o2.pl onet.pl interia.pl
  comcast.net verizon.net att.net sbcglobal.net cox.net bellsouth.net btinternet.com sky.com virginmedia.com bigpond.com xtra.co.nz rediffmail.com uol.com.br bol.com.br terra.com.br
  otenet.gr forthnet.gr in.gr hol.gr cytanet.com.cy mailinator.com guerrillamail.com 10minutemail.com temp-mail.org yopmail.com duck.com simplelogin.com relay.firefox.com mozmail.com`.split(/\s+/),
);

/** Whether a domain of mail gives addresses to anybody: it can never be a company's. */
export const isFreeMail = (domain: string) => FREE.has(domain);

/** Endings under which a country sells domains to anybody, such as `co.uk` and `com.gr`. */
const SOLD = /^(co|com|net|org)\.[a-z]{2}$/;

/** Whether anybody gets an address in a domain, or somewhere below it. */
export const isAnybodys = (domain: string) => isFreeMail(domain) || SOLD.test(domain) || [...FREE].some((one) => one.endsWith(`.${domain}`));
