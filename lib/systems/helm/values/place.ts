/** A place in the values of a chart, as far as its templates read it. */
export class Place {
  readonly id = nextId++;
  readonly fields = new Map<string, Place>();
  /** What is read below it by keys that the templates do not spell out, or of the items of a list. */
  others: Place | undefined;
  /** Whether all that is below it is passed on: printed, or given to what is not followed. */
  whole = false;

  field(key: string): Place {
    let place = this.fields.get(key);
    if (place === undefined) {
      place = new Place();
      this.fields.set(key, place);
    }
    return place;
  }

  other(): Place {
    this.others ??= new Place();
    return this.others;
  }

  at(path: readonly string[]): Place {
    return path.reduce<Place>((place, key) => place.field(key), this);
  }
}

let nextId = 0;
