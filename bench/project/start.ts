// The start of any program that uses cdk8s: the least that `npm start` can take.
import 'cdk8s';
import 'cdk8s-plus-28';
