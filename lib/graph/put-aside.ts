/** Whether some folder on the way is hidden or says that it is an archive: `.old/apps`, `_archive`. */
export function isPutAside(folder: string): boolean {
  return folder.split('/').some((segment) => /^(?:\..*|[_-]?(?:archived?|disabled|unused|deprecated))$/i.test(segment));
}
