import type { Format } from '../../systems/format';
import { pinnedImage } from '../../systems/image';
import { dns1035Label } from '../../systems/kubernetes/names';
import { postgresIdentifier } from '../formats';

/** The webhook takes no dots and no leading digit, since Services are named after it. (cluster_webhook.go: validateName) */
export const postgresClusterName: Format = {
  allowed: dns1035Label.allowed.replace('63', '50'),
  example: '"shop-db"',
  accepts: (value) => value.length <= 50 && dns1035Label.accepts(value),
};

/**
 * CNPG reads PostgreSQL's version from the tag, so a digest alone is refused. (cluster_webhook.go: validateImageName)
 * A tag without the minor version moves from one to the next.
 */
export const postgresImage: Format = {
  allowed: `${pinnedImage.allowed}, whose tag begins with PostgreSQL's version: CNPG reads it there. A major version alone moves, and needs a digest`,
  example: '"ghcr.io/cloudnative-pg/postgresql:17.6" or "ghcr.io/cloudnative-pg/postgresql:17@sha256:<64 hex digits>"',
  accepts: (value) => {
    if (!pinnedImage.accepts(value)) return false;
    const [name = '', digest] = value.split('@');
    const [, tag = ''] = /:([^/:]+)$/.exec(name) ?? [];
    return digest === undefined ? /^\d{2}(\.\d+|beta\d+|rc\d+)(?!\d)/.test(tag) : /^\d{2}(?!\d)/.test(tag);
  },
};

/** Roles of PostgreSQL and of the operator. (CloudNativePG, PostgreSQL role management) */
export const postgresOwner: Format = {
  allowed: `${postgresIdentifier.allowed}; neither postgres nor streaming_replica, and not beginning with pg_ or cnpg_: those are reserved`,
  example: '"shop"',
  accepts: (value) =>
    postgresIdentifier.accepts(value) &&
    !/^(pg_|cnpg_)/.test(value) &&
    !['postgres', 'streaming_replica'].includes(value),
};

/** Databases that initdb makes itself. */
export const postgresDatabase: Format = {
  allowed: `${postgresIdentifier.allowed}; none of postgres, template0 and template1, which are there already`,
  example: '"shop"',
  accepts: (value) => postgresIdentifier.accepts(value) && !['postgres', 'template0', 'template1'].includes(value),
};
