import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import { type Kept, servicesNamed } from './named.ts';
import { readReleases, releaseText } from './records.ts';
import type { ReleaseRow } from './row.ts';

/** The releases of a service, the newest first. */
export async function readHistory(
  { name }: { name: string },
  context: Context,
): Promise<{ releases: ReleaseRow[] }> {
  const [{ definition }] = servicesNamed(context, [name]) as [Kept];
  const present = releaseText(definition);
  return {
    releases: readReleases(context.use(store), definition.name).map((release) => {
      const { version, artifact, sha256, argv } = release.definition;
      return {
        number: release.number,
        current: releaseText(release.definition) === present,
        ...{ version, artifact, sha256 },
        about: artifact ?? argv.at(-1) ?? null,
        deployedAt: release.deployedAt,
      };
    }),
  };
}
