export * from './external-secret';
export * from './external-secrets';
export * from './generated-secret';
export * from './password-generator';
export * from './push-secret';
