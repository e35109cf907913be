import type { ReferenceUse } from '../../systems/references/row';

/** What is taken of a Secret, and how: what follows "takes". */
export function usedAs(use: ReferenceUse, which: string): string {
  switch (use) {
    case 'env':
      return `${which} as environment variables`;
    case 'envFrom':
      return 'all its keys as environment variables';
    case 'volume':
      return `${which} as files`;
    case 'bootstrap':
      return "its owner's name and password from it";
    case 'superuser':
      return "the superuser's password from it";
    case 'managedRole':
      return "a role's password from it";
    case 'imagePullSecret':
      return 'it to pull images';
    case 'tls':
    case 'certificate':
      return 'it as a certificate';
    case 'values':
      return `${which} as values`;
    case 'store':
    case 'credentials':
      return `${which} to log in elsewhere`;
    default:
      return which;
  }
}
