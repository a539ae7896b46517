// Counts the requests that an example sends, and tells when none is left.
export class Requests {
  count = 0;
  #unanswered = 0;

  fetch: typeof fetch = async (...request) => {
    this.count += 1;
    this.#unanswered += 1;
    try {
      return await fetch(...request);
    } finally {
      this.#unanswered -= 1;
    }
  };

  // A cache that lacks data sends its request as soon as it has stored the answer to another one.
  async settle(): Promise<void> {
    do await new Promise((resolve) => setTimeout(resolve, 50));
    while (this.#unanswered > 0);
  }
}

export const [url = 'http://127.0.0.1:8000/graphql', leftCode = '27-2012', rightCode = '27-3031'] = process.argv.slice(2);
