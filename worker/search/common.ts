/** Folded words that say little about what a question is about. */
const COMMON = new Set(
  `a about above after again against all am an and any are as at be because been before being below between both but by can cannot could did do does doing down during each few for from further had has have having
  he her here hers him his how i if in into is it its itself just me more most my no nor not of off on once only or other our ours out over own same she should so some such than that the their them then there these
  they this those through to too under until up very was we were what when where which while who whom why will with would you your yours
  ο η το οι τα του τησ των τον την τουσ τισ ενασ μια ενα ενοσ μιασ εναν και κι να θα με σε για απο που πωσ οτι αν δεν δε μη μην στο στη στην στον στα στισ στουσ ειναι ηταν αυτο αυτη αυτοσ αυτα αυτουσ
  τι ποιοσ ποια ποιο οταν οπωσ ωσ αλλα μου σου μασ σασ εχω εχει εχετε εχουν μπορω μπορει μπορειτε ειμαι κατα μετα προσ χωρισ πολυ πιο`.split(/\s+/),
);

export const isCommon = (word: string) => COMMON.has(word);
