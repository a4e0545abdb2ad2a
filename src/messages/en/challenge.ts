export default {
  title: 'One more step',
  wait: { one: 'To keep programs out we ask for a little patience: wait # second, then send it again. What you wrote is kept.', other: 'To keep programs out we ask for a little patience: wait # seconds, then send it again. What you wrote is kept.' },
  busy: 'Your browser does a small sum, so that programs find it tedious to write here. It takes some seconds, and you need do nothing.',
  done: 'Done. It is being sent.',
  answerHint: 'Or answer this, and you need not wait. Case and accents make no difference.',
  mail: 'Send me a code by mail instead', mailAgain: 'Send me another code',
  mailed: 'A letter with a code is on its way to your address, if none was sent in the last two minutes. What you wrote is kept here.',
  code: 'Code from our letter', codeHint: 'Six digits. They count for this form, for a quarter of an hour.',
  review: 'Let a moderator look at it instead',
  admin: {
    challenge: 'Ask writers who may be programs to show that they are none: a sum that browsers do by themselves, or a minute of patience',
    question: 'Question that people may answer instead, in English', questionEl: 'The same in Greek', questionHint: 'Leave it empty to ask nothing. Choose what your customers know and a program does not.',
    answers: 'Right answers', answersHint: 'In any language, with commas between them.',
  },
};
