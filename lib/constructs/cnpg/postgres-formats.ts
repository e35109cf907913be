import { tagOf } from '../../systems/cnpg/image';
import { isReservedRole, notReserved } from '../../systems/cnpg/names';
import type { Format } from '../../systems/format';
import { pinnedImage } from '../../systems/image';
import { postgresIdentifier } from '../formats';

/** A tag without the minor version moves from one to the next. That the tag says the version at all, CNPG demands (see versionedImage). */
export const pinnedPostgresImage: Format = {
  allowed: `${pinnedImage.allowed}. A tag with only a major version changes over time, so it needs a digest`,
  example: '"ghcr.io/cloudnative-pg/postgresql:17.6" or "ghcr.io/cloudnative-pg/postgresql:17@sha256:<64 hex digits>"',
  accepts: (value) =>
    pinnedImage.accepts(value) && (value.includes('@') || /^\d{2}(\.\d+|beta\d+|rc\d+)(?!\d)/.test(tagOf(value))),
};

/** A role of the application's own. */
export const postgresOwner: Format = {
  allowed: `${postgresIdentifier.allowed}; ${notReserved}`,
  example: '"shop"',
  accepts: (value) => postgresIdentifier.accepts(value) && !isReservedRole(value),
};
