/** Where results are kept between runs. */
export interface Store {
  read(key: string): Promise<string | undefined> | string | undefined;
  write(key: string, text: string): Promise<void> | void;
}
