/**
 * @generated SignedSource<<920a74f46f6aff61cb478c250ec8e5f4>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
export type MissingReason = "ANNUAL_ONLY" | "HOURLY_ONLY" | "NOT_COLLECTED" | "NOT_RELEASED" | "OTHER_BOUNDARIES" | "SMALL_SAMPLE" | "SUPPRESSED" | "TOP_CODED" | "WIDER_GROUP_ONLY" | "%future added value";
export type Verdict = "NOT_SIGNIFICANT" | "NOT_TESTABLE" | "SIGNIFICANT" | "%future added value";
export type OccupationKey = {
  code?: never;
  id: string;
  slug?: never;
  title?: never;
} | {
  code?: never;
  id?: never;
  slug: string;
  title?: never;
} | {
  code: string;
  id?: never;
  slug?: never;
  title?: never;
} | {
  code?: never;
  id?: never;
  slug?: never;
  title: string;
};
export type examplePayQuery$variables = {
  left: OccupationKey;
  right: OccupationKey;
};
export type examplePayQuery$data = {
  readonly comparison: {
    readonly left: {
      readonly salary: {
        readonly source: {
          readonly release: string | null | undefined;
          readonly retrieved: string | null | undefined;
        };
      } | null | undefined;
    };
    readonly salary: {
      readonly annualMean: {
        readonly absolute: number | null | undefined;
        readonly missing: ReadonlyArray<{
          readonly reason: MissingReason;
        }>;
        readonly verdict: Verdict;
      };
      readonly percentiles: ReadonlyArray<{
        readonly difference: {
          readonly absolute: number | null | undefined;
        };
        readonly percentile: number;
      }>;
    } | null | undefined;
  } | null | undefined;
};
export type examplePayQuery = {
  response: examplePayQuery$data;
  variables: examplePayQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "left"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "right"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "left",
    "variableName": "left"
  },
  {
    "kind": "Variable",
    "name": "right",
    "variableName": "right"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "release",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "retrieved",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "absolute",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "concreteType": "SalaryComparison",
  "kind": "LinkedField",
  "name": "salary",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "Difference",
      "kind": "LinkedField",
      "name": "annualMean",
      "plural": false,
      "selections": [
        (v4/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "verdict",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MissingFigure",
          "kind": "LinkedField",
          "name": "missing",
          "plural": true,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "reason",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "PercentileDifference",
      "kind": "LinkedField",
      "name": "percentiles",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "percentile",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Difference",
          "kind": "LinkedField",
          "name": "difference",
          "plural": false,
          "selections": [
            (v4/*:: as any*/)
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "examplePayQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Comparison",
        "kind": "LinkedField",
        "name": "comparison",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Occupation",
            "kind": "LinkedField",
            "name": "left",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Salary",
                "kind": "LinkedField",
                "name": "salary",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Source",
                    "kind": "LinkedField",
                    "name": "source",
                    "plural": false,
                    "selections": [
                      (v2/*:: as any*/),
                      (v3/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "examplePayQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Comparison",
        "kind": "LinkedField",
        "name": "comparison",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Occupation",
            "kind": "LinkedField",
            "name": "left",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Salary",
                "kind": "LinkedField",
                "name": "salary",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Source",
                    "kind": "LinkedField",
                    "name": "source",
                    "plural": false,
                    "selections": [
                      (v2/*:: as any*/),
                      (v3/*:: as any*/),
                      (v6/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              (v6/*:: as any*/)
            ],
            "storageKey": null
          },
          (v5/*:: as any*/),
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "4c422b73f0b54493767096e2ea5effee",
    "id": null,
    "metadata": {},
    "name": "examplePayQuery",
    "operationKind": "query",
    "text": "query examplePayQuery(\n  $left: OccupationKey!\n  $right: OccupationKey!\n) {\n  comparison(left: $left, right: $right) {\n    left {\n      salary {\n        source {\n          release\n          retrieved\n          id\n        }\n      }\n      id\n    }\n    salary {\n      annualMean {\n        absolute\n        verdict\n        missing {\n          reason\n        }\n      }\n      percentiles {\n        percentile\n        difference {\n          absolute\n        }\n      }\n    }\n    id\n  }\n}\n"
  }
};
})();

(node as any).hash = "c8392e869298c33bd1fd0680447f5911";

export default node;
