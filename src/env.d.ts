/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The adapter's: what keeps work going after the answer. */
    cfContext: ExecutionContext;
    entrance: import('../worker/portal.ts').Entrance;
    portal: import('../worker/platform/portal.ts').Portal;
    locale: import('../worker/platform/viewer.ts').Locale;
    /** The theme a person chose; their device decides otherwise. */
    theme: 'light' | 'dark' | undefined;
    /** The key of this page’s forms, once one was drawn. */
    formKey?: string;
    /** Does something once the answer is on its way: nobody waits for it, and it may fail. */
    afterwards(work: () => Promise<unknown>): void;
    /** How the page was sent before, if it was: a refusal to explain at the top. */
    reference: string | undefined;
    /** Whether the database takes nothing any more because its disk is full. */
    isFull: boolean | undefined;
  }
}
