/** What a search (`find`) can look for. */
export type FindBy = 'name' | 'path' | 'tags';

/** What a provider of External Secrets does with a reference to a secret. */
export interface ProviderFacts {
  /** What people call it. */
  readonly title: string;
  /** What `key` of a reference names. */
  readonly key: string;
  /** The forms of a key, where not any text is one; `*` stands for a text. A value has one, a whole secret (`extract`) may have others. */
  readonly forms?: readonly string[];
  readonly formsOfWhole?: readonly string[];
  /** Before the key, what sort of object it is: `cert/tls`. The first is meant where nothing is said, and only it is read whole. */
  readonly types?: readonly string[];
  /** What `property` picks out of a value; left out where the provider takes no notice of it, or refuses it. */
  readonly property?: string;
  /** The same of a whole secret (`extract`), where it differs. */
  readonly propertyOfWhole?: string;
  /** The properties that there are, where those are fixed. */
  readonly properties?: readonly string[];
  /** What `version` says; left out where the provider takes no notice of it, or refuses it. */
  readonly version?: string;
  /** Whether values can be read. @default true */
  readonly read?: false;
  /** Whether a secret can be read whole (`extract`). @default as `read` */
  readonly extract?: false;
  /** What a search can look for: nothing where it finds all there is. Left out where there is no search. */
  readonly find?: readonly FindBy[];
  /** What can be written: a value as a property of a secret, or only so; a Secret whole, or only so. Left out where nothing can. */
  readonly push?: {
    readonly property: boolean | 'needed';
    readonly whole: boolean | 'only';
    /** Whether a value that is there is left alone (`updatePolicy: IfNotExists`): 'secret' where a secret counts whatever its properties. @default true */
    readonly ifNotExists?: 'secret' | false;
    /** Whether it is deleted with its PushSecret (`deletionPolicy: Delete`). @default true */
    readonly delete?: false;
  };
  /** The forms of a key that is written, where those differ. */
  readonly formsOfPush?: readonly string[];
  /** Where External Secrets says so, below providers/v1/. */
  readonly source: string;
}

const json = 'a path into its JSON';
const label = 'the label of a field, "field/LABEL" or "file/NAME"';
const nameAndPath = ['name', 'path'] as const;
const nameAndTags = ['name', 'tags'] as const;
const all = ['name', 'path', 'tags'] as const;
const value = { property: false, whole: false } as const;
const whole = { property: false, whole: true } as const;
const each = { property: true, whole: true } as const;
const always = { ...value, ifNotExists: false } as const;
const eachOfSecret = { ...each, ifNotExists: 'secret' } as const;

/**
 * What each provider of External Secrets 2.9 reads, finds and writes, by its name in spec.provider; after a `/` another service of the
 * same provider, or another setting, that differs. (GetSecret, GetSecretMap, GetAllSecrets, PushSecret, SecretExists and DeleteSecret of each source)
 */
// biome-ignore format: a row for each
export const providers = {
  akeyless: { title: 'Akeyless', key: 'the path of an item', property: json, version: 'a number', find: all,
    push: each, source: 'akeyless/akeyless.go' },
  aws: { title: 'AWS Secrets Manager', key: 'the name or the ARN of a secret', property: json, find: all, push: eachOfSecret,
    version: 'a stage such as AWSPREVIOUS, or "uuid/ID"', source: 'aws/secretsmanager/secretsmanager.go' },
  'aws/ParameterStore': { title: 'AWS Parameter Store', key: 'the name or the ARN of a parameter', property: json, find: all,
    version: 'a number, or a label', push: whole, source: 'aws/parameterstore/parameterstore.go' },
  'aws/CertificateManager': { title: 'AWS Certificate Manager', key: 'the ARN of a certificate', extract: false,
    push: { property: false, whole: 'only' }, source: 'aws/certificatemanager/certificatemanager.go' },
  azurekv: { title: 'Azure Key Vault', key: 'the name of a secret, a certificate or a key', types: ['secret', 'cert', 'key'],
    property: json, version: 'the ID of a version', find: nameAndTags, push: whole, source: 'azure/keyvault/keyvault.go' },
  barbican: { title: 'OpenStack Barbican', key: 'the ID of a secret', property: json, find: ['name'], source: 'barbican/client.go' },
  beyondtrust: { title: 'BeyondTrust Password Safe', key: 'the path of a secret: "FOLDER/TITLE", or "SYSTEM/ACCOUNT"',
    extract: false, push: { ...whole, delete: false }, source: 'beyondtrust/provider.go' },
  beyondtrustworkloadcredentials: { title: 'BeyondTrust Workload Credentials', key: 'the name of a secret in the folder of the store',
    property: 'a key of the secret', find: all, source: 'beyondtrustworkloadcredentials/client.go' },
  bitwardensecretsmanager: { title: 'Bitwarden Secrets Manager', key: 'the ID of a secret, or its name in the project of the store',
    find: [], push: whole, source: 'bitwarden/client.go' },
  chef: { title: 'Chef', key: 'a data bag and an item in it', forms: ['*/*'], formsOfWhole: ['*'], property: 'a key of the item',
    source: 'chef/chef.go' },
  cloudrusm: { title: 'Cloud.ru Secret Manager', key: 'the name or the ID of a secret', property: json, version: 'a number', find: all,
    source: 'cloudru/secretmanager/client.go' },
  conjur: { title: 'CyberArk Conjur', key: 'the ID of a variable', property: json, find: nameAndTags, source: 'conjur/client_get.go' },
  crd: { title: 'Objects of a custom resource', key: 'the name of an object, in a ClusterSecretStore "NAMESPACE/NAME"', property: json,
    find: ['name'], source: 'crd/crd.go' },
  delinea: { title: 'Delinea DevOps Secrets Vault', key: 'the path of a secret', property: json, source: 'delinea/client.go' },
  doppler: { title: 'Doppler', key: 'the name of a secret', find: nameAndPath, push: always, source: 'doppler/client.go' },
  dvls: { title: 'Devolutions Server', key: 'an entry of the vault of the store: its ID, name or path', push: value,
    property: 'a field of the entry: "password" by default', source: 'dvls/client.go' },
  fake: { title: 'Fake (for tests)', key: 'a key of spec.provider.fake.data', property: json, version: 'the version there', find: ['name'],
    push: value, source: 'fake/fake.go' },
  fortanix: { title: 'Fortanix', key: 'the name of a security object', property: 'a key of its JSON', source: 'fortanix/fortanix.go' },
  gcpsm: { title: 'Google Secret Manager', key: 'the name of a secret', property: json, version: 'a number, or "latest"', find: all,
    push: eachOfSecret, source: 'gcp/secretmanager/client.go' },
  github: { title: 'GitHub Actions', key: 'the name of a secret', read: false, extract: false, push: { ...whole, ifNotExists: false }, source: 'github/client.go' },
  gitlab: { title: 'GitLab', key: 'the name of a variable', property: json, find: nameAndTags, source: 'gitlab/gitlab.go' },
  ibm: { title: 'IBM Secrets Manager', key: 'the name or the ID of a secret', property: 'a key of it', source: 'ibm/provider.go',
    types: ['arbitrary', 'custom_credentials', 'iam_credentials', 'imported_cert', 'kv', 'private_cert', 'public_cert',
      'service_credentials', 'username_password'] },
  infisical: { title: 'Infisical', key: 'the name of a secret, or its path', property: json, find: nameAndPath, push: each,
    source: 'infisical/client.go' },
  keepersecurity: { title: 'Keeper', key: 'the ID of a record', property: 'a field of the record', find: ['name'], push: always,
    formsOfPush: ['*/*'], source: 'keepersecurity/client.go' },
  kubernetes: { title: 'Kubernetes', key: 'the name of a Secret', property: 'a key of the Secret', find: nameAndTags,
    push: { property: 'needed', whole: true }, source: 'kubernetes/client.go' },
  nebiusmysterybox: { title: 'Nebius MysteryBox', key: 'the ID of a secret', property: 'a key of the secret', version: 'the ID of a version',
    source: 'nebius/mysterybox/secrets_client.go' },
  ngrok: { title: 'ngrok', key: 'the name of a secret', read: false, extract: false, push: whole, source: 'ngrok/client.go' },
  onboardbase: { title: 'Onboardbase', key: 'the name of a secret', property: json, find: nameAndPath, source: 'onboardbase/client.go' },
  onepassword: { title: '1Password Connect', key: 'the title or the ID of an item', property: label, find: all,
    push: { property: true, whole: false }, source: 'onepassword/onepassword.go' },
  onepasswordSDK: { title: '1Password', key: 'an item and a field of it, a section between them', forms: ['*/*'], formsOfWhole: ['*'],
    propertyOfWhole: label, find: all, push: each, formsOfPush: ['*'], source: 'onepasswordsdk/client.go' },
  'onepasswordSDK/environment': { title: '1Password Environments', key: 'the name of a variable', find: [],
    propertyOfWhole: 'the name of a variable', source: 'onepasswordsdk/client.go' },
  openBao: { title: 'OpenBao', key: 'the path of a secret below the mount', property: 'a key of the secret', version: 'a number (KV v2)',
    find: nameAndPath, source: 'openbao/client.go' },
  oracle: { title: 'Oracle Vault', key: 'the name of a secret', property: json, version: 'a stage such as PREVIOUS', find: nameAndTags,
    push: whole, source: 'oracle/oracle.go' },
  ovh: { title: 'OVHcloud Secret Manager', key: 'the path of a secret', property: json, version: 'a number', find: nameAndPath, push: whole,
    source: 'ovh/client_get_secret.go' },
  passbolt: { title: 'Passbolt', key: 'the ID of a resource', property: 'a field of the resource', extract: false, find: ['name'],
    properties: ['name', 'username', 'uri', 'password', 'description'], source: 'passbolt/passbolt.go' },
  passworddepot: { title: 'Password Depot', key: 'the name of an entry', property: 'a field of the entry, such as "pass"',
    source: 'passworddepot/passworddepot.go' },
  previder: { title: 'Previder', key: 'the name or the ID of a secret', source: 'previder/provider.go' },
  pulumi: { title: 'Pulumi ESC', key: 'a path in the environment', push: { ...always, delete: false },
    source: 'pulumi/pulumi.go' },
  scaleway: { title: 'Scaleway', key: 'a secret by its ID, name or path', forms: ['id:*', 'name:*', 'path:/*'], property: json, find: all,
    version: 'a number, "latest" or "latest_enabled"', push: always, formsOfPush: ['name:*', 'path:/*'], source: 'scaleway/client.go' },
  secretserver: { title: 'Delinea Secret Server', key: 'the name, ID or path of a secret', property: 'a field of the secret', push: eachOfSecret,
    source: 'secretserver/client.go' },
  senhasegura: { title: 'senhasegura', key: 'the identity of a secret', property: 'a key of the secret', source: 'senhasegura/dsm/dsm.go' },
  vault: { title: 'HashiCorp Vault', key: 'the path of a secret below the mount', property: 'a key of the secret, or a path into it',
    version: 'a number (KV v2)', find: all, push: each, source: 'vault/client_get.go' },
  volcengine: { title: 'Volcengine', key: 'the name of a secret', property: json, version: 'the ID of a version',
    source: 'volcengine/client.go' },
  webhook: { title: 'Webhook', key: '.remoteRef.key in the templates of the store', property: '.remoteRef.property there',
    version: '.remoteRef.version there', push: whole, source: 'webhook/webhook.go' },
  yandexcertificatemanager: { title: 'Yandex Certificate Manager', key: 'the ID or name of a certificate', version: 'the ID of a version',
    property: 'a part of the certificate', properties: ['chain', 'privateKey', 'chainAndPrivateKey'],
    source: 'yandex/certificatemanager/certificatemanagersecretgetter.go' },
  yandexlockbox: { title: 'Yandex Lockbox', key: 'the ID or name of a secret', property: 'a key of the secret',
    version: 'the ID of a version', source: 'yandex/lockbox/lockboxsecretgetter.go' },
} as const satisfies Readonly<Record<string, ProviderFacts>>;
