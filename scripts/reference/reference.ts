import { ACTIONS } from '#app/registry/actions.ts';
import type { ActionCard } from '#app/registry/card.ts';
import type { ExitClass } from '#engines/core/errors.ts';
import { cataloguesIn, classesOf } from './catalogues.ts';
import { errorsPage } from './errors.ts';
import { exitCodes } from './exit.ts';
import type { Page } from './folder.ts';
import { indexPage } from './index.ts';
import { keysPage } from './keys.ts';
import { nounPage } from './noun.ts';
import { nounsOf } from './nouns.ts';
import { optionsPage } from './options.ts';
import { raisedIn } from './raised.ts';
import { schemaOf } from './schema.ts';
import { settingsPage } from './settings.ts';

const source = new URL('../../src/', import.meta.url);

/** The whole reference, made from the declarations. */
export async function reference(): Promise<Page[]> {
  const nouns = nounsOf(ACTIONS);
  const catalogues = await cataloguesIn(source);
  const classes = classesOf(catalogues);
  const raised = await raisedIn(source, [...classes.keys()]);
  const exits = (card: ActionCard) =>
    exitCodes(
      card,
      [...raised(card.id)].map((code) => classes.get(code) as ExitClass),
    );
  return [
    { path: 'README.md', text: indexPage(nouns) },
    ...(await Promise.all(
      nouns.map(async (noun) => ({ path: noun.path, text: await nounPage(noun, exits) })),
    )),
    { path: 'options.md', text: optionsPage() },
    { path: 'errors.md', text: errorsPage(catalogues) },
    { path: 'settings.md', text: settingsPage() },
    { path: 'keys.md', text: keysPage() },
    ...(await Promise.all(
      ACTIONS.map(async (card) => ({
        path: `schemas/${card.id}.json`,
        text: `${JSON.stringify(await schemaOf(card), null, 2)}\n`,
      })),
    )),
  ];
}
