import { compileRule } from '../../../lib/systems/cel/compile';

/** An object as rules get it: a Map, all the way down. */
function self(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(self);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, self(item)]));
}

const evaluate = (rule: string, value: unknown = {}) => compileRule(rule)?.(self(value));

describe('the language', () => {
  test.each([
    ['has(self.a) && !has(self.b)', { a: 1n }, true],
    ['has(self.list[0].name)', { list: [{ name: 'x' }] }, true],
    ['has(self.list[0].name)', { list: [{}] }, false],
    ['self.a.b == 1 || true', {}, true],
    ['true || self.a.b == 1', {}, true],
    ['self.a.b == 1 && false', {}, false],
    ['self.a == 1', { a: '1' }, false],
    ['self.port == 1 && self.port < 1.5', { port: 1n }, true],
    ['type(self.port) == string ? self.port == "http" : self.port > 80', { port: 'http' }, true],
    ['type(self.port) == string ? self.port == "http" : self.port > 80', { port: 81n }, true],
    ['self.?a.?b.orValue("none") == "none"', {}, true],
    ['self.?a.orValue("none") == "x"', { a: 'x' }, true],
    ['self.list[?3].hasValue()', { list: [1n] }, false],
    ['self.__namespace__ == "a" && self.a__dash__b == "b"', { __namespace__: 'a', a__dash__b: 'b' }, true],
    ['self.list.all(x, x > 0) && self.list.exists_one(x, x == 2)', { list: [1n, 2n] }, true],
    ['self.list.map(x, x * 2).filter(x, x > 2) == [4]', { list: [1n, 2n] }, true],
    ['self.map.all(key, self.map[key].startsWith("v")) && "a" in self.map', { map: { a: 'v1' } }, true],
    ['cel.bind(x, self.a, x + x == "aa")', { a: 'a' }, true],
    ['"has(oldSelf) .matches(" == self.a', { a: 'has(oldSelf) .matches(' }, true],
    ["r'\\.matches(' == self.a", { a: '\\.matches(' }, true],
    ['size("é😀") == 2', {}, true],
  ])('%s', (rule, value, expected) => {
    expect(evaluate(rule, value)).toBe(expected);
  });

  test('a rule that asks for the object as it was before is not evaluated', () => {
    expect(compileRule('self == oldSelf')).toBeUndefined();
    expect(compileRule('self.name != "oldSelf"')).toBeInstanceOf(Function);
  });

  test('what cannot be parsed or evaluated yields nothing', () => {
    expect(compileRule('self.a ==')).toBeUndefined();
    expect(compileRule('unknownFunction(self)')?.(1n)).toBeUndefined();
    expect(evaluate('self.a / 0 == 1', { a: 1n })).toBeUndefined();
    expect(evaluate('self.a.matches("(")', { a: '' })).toBeUndefined();
  });

  test('a field that is read without asking whether it is there breaks the rule', () => {
    expect(evaluate('self.a == 1 || self.b == 1', {})).toBe(false);
    expect(evaluate('self.a == 1 || self.b == 1', { b: 1n })).toBe(true);
    expect(evaluate('self.list[1] == 1', { list: [] })).toBe(false);
  });

  test('an object has only its own fields', () => {
    expect(evaluate('has(self.constructor) || has(self.__proto__) || "toString" in self')).toBe(false);
  });
});

/** Kubernetes' own functions, and those of cel-go's extensions that it includes. */
describe('the functions', () => {
  test.each([
    // Regular expressions are RE2's.
    '"A".matches("(?i)^a$")',
    '"é".matches(r"^\\pL\\z")',
    '!"ab".matches("^a$|^b$")',
    '"abc 123".find("[0-9]+") == "123" && "abc".find("[0-9]+") == ""',
    '"1 2 3".findAll("[0-9]") == ["1", "2", "3"] && "1 2 3".findAll("[0-9]", 2) == ["1", "2"]',
    // Texts.
    '"a/b".split("/") == ["a", "b"] && ["a", "b"].join("-") == "a-b"',
    '"aXa".replace("a", "$&") == "$&X$&" && "aaa".replace("a", "b", 2) == "bba"',
    '"abc".charAt(1) == "b" && "abc".charAt(3) == ""',
    '"abc".substring(1) == "bc" && "abc".indexOf("c") == 2 && "aba".lastIndexOf("a") == 2',
    '" A ".trim().lowerAscii() == "a" && "a".upperAscii() == "A" && "abc".reverse() == "cba"',
    // Lists and sets.
    '[1, 2, 2].isSorted() && !["b", "a"].isSorted()',
    '[1, 3, 2].sum() == 6 && [1.5, 2.5].sum() == 4.0 && [3, 1].min() == 1 && ["a", "b"].max() == "b"',
    '["a", "b", "a"].indexOf("a") == 0 && ["a", "b", "a"].lastIndexOf("a") == 2 && [1].indexOf(5) == -1',
    '[1, 2, 1].distinct() == [1, 2] && [2, 1].sort() == [1, 2] && [[1], [2]].flatten() == [1, 2]',
    '[1, 2, 3].slice(1, 3) == [2, 3] && [1, 2].reverse() == [2, 1]',
    'sets.contains([1, 2], [2]) && !sets.intersects([1], [2]) && sets.equivalent([1, 2], [2, 1, 1])',
    // Times.
    'duration("1h30m") == duration("5400s") && duration("500ms") < duration("1s")',
    'timestamp("2026-07-01T00:00:00Z") < timestamp("2026-07-02T00:00:00Z")',
    // Quantities.
    'quantity("1Gi").isGreaterThan(quantity("1G")) && quantity("500m").isLessThan(quantity("0.6"))',
    'quantity("1k") == quantity("1e3") && quantity("1").compareTo(quantity("1000m")) == 0',
    'quantity("50k").add(20) == quantity("50020") && quantity("50k").sub(quantity("20k")).asInteger() == 30000',
    'quantity("2").isInteger() && !quantity("2500m").isInteger() && quantity("-1").sign() == -1',
    'quantity("1500m").asApproximateFloat() == 1.5',
    'isQuantity("1.5Gi") && !isQuantity("1GiB") && !isQuantity("") && !isQuantity("1 Gi")',
    // Addresses.
    'isIP("10.0.0.1") && isIP("::1") && !isIP("10.0.0.256") && !isIP("a") && ip("::1").family() == 6',
    'ip("127.0.0.1").isLoopback() && ip("fe80::1").isLinkLocalUnicast() && ip("10.0.0.1").isGlobalUnicast()',
    'ip("0:0::1") == ip("::1") && string(ip("0:0::1")) == "::1" && !ip.isCanonical("0:0::1")',
    'isCIDR("10.0.0.0/8") && !isCIDR("10.0.0.0/33") && !isCIDR("10.0.0.0")',
    'cidr("10.0.0.0/8").containsIP("10.1.2.3") && !cidr("10.0.0.0/8").containsIP(ip("11.0.0.1"))',
    'cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16") && cidr("10.0.0.0/8").prefixLength() == 8',
    'isURL("https://example.com:8080/a?b=c") && isURL("/path") && !isURL("example.com")',
    'url("https://user@Example.com:8080/a%20b?x=1&x=2").getHost() == "Example.com:8080"',
    'url("https://[::1]:80/").getHostname() == "::1" && url("https://a:80/b").getPort() == "80"',
    'url("HTTPS://a/b/c?d=e").getScheme() == "https" && url("https://a/b/c?d=e").getEscapedPath() == "/b/c"',
    'url("https://a/?x=1&x=2").getQuery()["x"] == ["1", "2"]',
    // Formats.
    '!format.dns1123Label().validate("a-b").hasValue() && format.dns1123Label().validate("A_b").hasValue()',
    'format.named("labelValue").hasValue() && !format.named("unknown").hasValue()',
    'format.named("uuid").value().validate("x").value().size() == 1',
  ])('%s', (rule) => {
    expect(evaluate(rule)).toBe(true);
  });
});
