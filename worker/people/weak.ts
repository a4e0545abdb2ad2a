/**
 * Passwords that are guessed first. Instead of a long list, the parts that such passwords are made of: words of the lists of leaked passwords,
 * names, clubs, walks over the keyboard, years and digits, in English and in Greek. One that is made of nothing else is weak.
 */

/** Words that leaked passwords are made of, letters only; `iloveyou` counts as one. */
const WORDS = `
 password passw passwd pass passwort parola motdepasse contrasena senha haslo login admin administrator root user guest test testing tester demo
 temp temporary default changeme change secret private security secure access master system server computer internet website windows microsoft
 apple google facebook instagram twitter youtube amazon yahoo gmail hotmail samsung nokia sony nintendo playstation xbox linux ubuntu cisco oracle
 welcome hello hi letmein letme iloveyou iloveu loveyou loveyouever ever never loveme lovely love lover lovers forever always together babygirl babyboy baby babe sweetheart
 sweetie sweet honey sugar candy princess prince queen king angel angels devil heaven hell god jesus jesuschrist christ church bible faith hope grace
 sunshine moonlight moon sun star stars starlight rainbow butterfly flower flowers rose roses summer winter spring autumn fall january february march
 april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday weekend holiday christmas
 dragon monkey tiger lion panther eagle eagles falcon hawk wolf wolves bear bears shark dolphin dolphins turtle rabbit bunny kitty kitten cat cats
 dog dogs doggy puppy horse horses pony unicorn chicken cowboy cowboys ninja samurai pirate warrior hunter ranger wizard magic phantom shadow ghost
 killer slayer gangster gangsta thug player gamer winner loser hero superhero superman batman spiderman ironman hulk thor avengers pokemon pikachu
 naruto sasuke itachi goku dragonball minecraft fortnite roblox warcraft starcraft counterstrike halo zelda mario sonic starwars skywalker vader yoda
 harrypotter potter hogwarts gryffindor matrix trustno trustnoone football soccer baseball basketball volleyball hockey tennis golf golfer rugby
 swimming skateboard skater surfer snowboard running cheerleader cheer dancer dancing music guitar drummer piano rockstar rocknroll metallica
 nirvana slipknot linkinpark greenday eminem tupac beatles chelsea arsenal liverpool manchester united barcelona realmadrid juventus milan bayern
 chicago dallas boston london paris berlin madrid newyork california texas florida america american england france germany italy spain greece athens
 mustang ferrari porsche corvette camaro mercedes toyota honda yamaha harley davidson jaguar silver golden gold diamond crystal platinum purple
 orange yellow green blue red black white pink brown chocolate strawberry banana cherry apples cookie cookies cupcake pepper ginger coffee cheese
 pizza whiskey vodka cocacola pepsi marlboro money cash dollar million rich lucky luck happy smile smiley friend friends friendship bestfriend family
 mother father mommy mummy daddy mom dad sister brother sisters brothers children grandma girl girls boy boys girlfriend boyfriend husband wife
 beautiful pretty gorgeous handsome sexy hottie fuckyou fuckoff fuck fucker asshole bitch shit pussy dick cock tits boobs sex stupid idiot crazy
 freedom peace justice liberty victory power energy fire water earth thunder lightning storm snow rain blizzard volcano mountain ocean river island
 mypassword thepassword nopassword newpassword oldpassword yourpassword ourpassword passcode passphrase passkey thisisapassword iamgod whatever
 unbelievable incredible wonderful awesome amazing fantastic nothing something everything anything unknown anonymous hacker hacking cheater elite leet qwerty qwertz azerty asdf zxcv abcd abcdef abc xyz asd
 qwe zxc qaz wsx edc number one two three four five six seven eight nine ten first last best good bad big little super mega ultra extra alpha beta
 gamma delta omega sigma phoenix genesis trinity destiny serenity infinity eternity legend fantasy dream dreamer dreams spirit soul mystery
 company business office work manager support service helpdesk customer portal account sales marketing finance team staff student teacher school
 college university monster blink bubbles precious jordan peanut softball pumpkin lollipop sparkle twilight vampire remember nevermind goodluck
 godisgood imissyou iloveme iloveher ilovehim ilovegod iloveit loveyouforever kissme hugs mylove mylife myself mybaby mynewlife bestfriends
 my i am is the a an and of for in on to it you me we us your our this that no not new old so do go up
 kodikos kwdikos kalimera kalispera kalinixta sagapo agapi agapimou agapo psixi psixoula mouni malaka malakas maimou gamoto gamiesai ellada ellas
 hellas athina thessaloniki patra kriti olympiakos olimpiakos panathinaikos paok aek aris thira panagia xristos theos mama mpampas moro kardia zoi
 κωδικος μυστικο συνθηματικο καλημερα καλησπερα σαγαπω αγαπη αγαπημου αγαπω ψυχη μαλακα μαλακας ελλαδα ελλας αθηνα θεσσαλονικη πατρα κρητη
 ολυμπιακος παναθηναικος παοκ αεκ αρης παναγια χριστος θεος μαμα μπαμπας μωρο καρδια ζωη χαρα ηλιος θαλασσα φεγγαρι πριγκιπισσα ειμαι το η ο μου
 γιωργος γιαννης δημητρης νικος κωστας παναγιωτης μαρια ελενη κατερινα βασιλικη αννα ιωαννα
`;

/** First names that leaked passwords begin with. */
const NAMES = `
 michael jennifer jessica ashley amanda daniel david matthew andrew joshua michelle nicole stephanie samantha elizabeth christopher anthony robert
 william joseph thomas charles george richard james john peter paul mark steven stephen kevin brian justin brandon jason jonathan nicholas
 alexander alexandra alexandria alexis victoria danielle melissa natalie natasha patricia patrick charlie charlotte heather hannah lauren rebecca
 rachel sarah laura maria marina martin martina christian christina christine catherine caroline veronica vanessa valentina sophia sofia olivia emily
 emma isabella gabriel gabriela sebastian benjamin samuel jackson austin tyler hunter taylor madison morgan jasmine jordan cameron logan dylan ethan
 carlos eduardo fernando alejandro francisco antonio roberto ricardo miguel angela andrea claudia daniela barbara sandra monica sabrina bianca
 giorgos georgios giannis yannis dimitris dimitra nikos kostas konstantinos panagiotis vasilis vasiliki eleni katerina ioanna anna alexandros
 spiros stavros thanasis christos apostolos evangelia kyriakos marios petros sotiris stelios tasos
`;

const listed = new Set(`${WORDS}${NAMES}`.split(/\s+/).filter(Boolean).map(bare));
const LONGEST = Math.max(...[...listed].map((word) => word.length));

/** Rows and columns of keyboards, and what is counted up: any three or more of a row, forwards or backwards, are a walk. */
const ROWS = ['1234567890', '0123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'azertyuiop', 'qsdfghjklm', 'abcdefghijklmnopqrstuvwxyz', 'αβγδεζηθικλμνξοπρστυφχψω', 'ςερτυθιοπ', 'ασδφγηξκλ', 'ζχψωβνμ'];
const ZIGZAGS = ['1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0', '1qaz2wsx3edc4rfv5tgb6yhn7ujm', 'qazwsxedcrfvtgbyhnujm', 'zaqxswcdevfrbgtnhymju', 'zaq12wsxcde34rfvbgt56yhn', 'a1s2d3f4g5h6j7k8l9', 'a1b2c3d4e5f6g7h8i9', '1a2b3c4d5e6f7g8h9i', 'q2w3e4r5t6y7u8i9o0', 'qawsedrftgyhujikolp'];
const walks = [...ROWS, ...ZIGZAGS].flatMap((row) => [row, [...row].reverse().join('')]);

const LEET: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '|': 'l' };

/** Lower case, without accents. */
function bare(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');
}

const unleet = (text: string) => text.replace(/[0134578@$!|]/g, (sign) => LEET[sign]!);

/** How a password can be read: as it is, and with signs that stand for letters, but for those around it. */
const readings = (text: string) => [text, unleet(text), unleet(text.replace(/[^\p{L}]+$/gu, '')), unleet(text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''))];

/** Words that one of these may hold: a sentence of more is long enough to be good. */
const MOST_WORDS = 2;

/** How many letters from `at` on are no news: a run of one letter, a walk, digits or signs. */
function filler(text: string, at: number): number {
  const run = /^(.)\1*/su.exec(text.slice(at))![0].length;
  const signs = /^[^\p{L}]+/u.exec(text.slice(at))?.[0].length ?? 0;
  return Math.max(run >= 3 ? run : 0, signs, walkAt(text, at));
}

function walkAt(text: string, at: number): number {
  let longest = 0;
  for (let length = 3; at + length <= text.length && walks.some((walk) => walk.includes(text.slice(at, at + length))); length++) longest = length;
  return longest;
}

/** Whether a text is made of listed words, at most so many, and filler only: by the fewest words that reach each letter. */
function isMadeUp(text: string, words: Set<string>, most: number): boolean {
  const fewest = Array<number>(text.length + 1).fill(Number.POSITIVE_INFINITY);
  fewest[0] = 0;
  for (let at = 0; at < text.length; at++) {
    if (fewest[at]! > most) continue;
    const reach = (end: number, used: number) => void (fewest[end] = Math.min(fewest[end]!, used));
    for (let length = filler(text, at); length > 0; length--) reach(at + length, fewest[at]!);
    for (let length = Math.min(LONGEST, text.length - at); length > 0; length--) if (words.has(text.slice(at, at + length))) reach(at + length, fewest[at]! + 1);
  }
  return fewest[text.length]! <= most;
}

/** A repeated piece says no more than the piece: `abcabcabc`. */
const once = (text: string) => /^(.{1,12}?)\1+$/su.exec(text)?.[1] ?? text;

/** How much of a text is read at all, and up to which length it may be one of these. */
const READ = 300;
const LOOKED_AT = 40;

/** Whether a password is among those that are tried first: common words, names, walks over the keyboard and digits, however dressed up. */
export function isCommon(password: string): boolean {
  const text = bare(password.slice(0, READ));
  if (text.length > LOOKED_AT) return new Set(text).size < 4;
  if (new Set(text).size < 4 || (once(text) !== text && once(text).length < 8)) return true;
  return [...readings(text), once(text)].some((form) => isMadeUp(form, listed, MOST_WORDS));
}

/** Whether a password is one of these texts, somebody's name or address, or the name of this product, with a little around it. */
export function isAbout(password: string, about: string[]): boolean {
  const parts = ['stoa', ...about.map((text) => bare(text.slice(0, READ))).flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])].filter((part) => part.length >= 3);
  const words = new Set([...listed, ...parts]);
  const text = bare(password.slice(0, READ));
  if (parts.includes(text)) return true;
  const own = readings(text).filter((form) => parts.some((part) => form.includes(part)));
  return text.length <= LOOKED_AT && own.some((form) => isMadeUp(form, words, MOST_WORDS + 1));
}
