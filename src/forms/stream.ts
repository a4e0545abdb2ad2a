const encoder = new TextEncoder();

/** What a generator yields, as the body of an answer: each piece is made when the one before was taken. No piece may be empty. */
export const streamOf = (pieces: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
