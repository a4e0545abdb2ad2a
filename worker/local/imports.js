import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What was compiled once is not again, a third of a start. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url)));

/**
 * Node reads the nearest package.json anew for every module, to learn of what kind it is. That of drizzle has 180 KB, and a hundred of its
 * modules import one another: five sixths of what it costs to start a process of ours. They are modules, all of them, so nobody has to look.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    /^\.\.?\/.*\.js$/.test(specifier) && context.parentURL?.includes('/node_modules/drizzle-orm/') ? { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true } : next(specifier, context),
});
