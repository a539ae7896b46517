/**
 * @generated SignedSource<<c3a643c45ff5ecdf4372b82cbd9d7729>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
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
export type examplePeopleQuery$variables = {
  left: OccupationKey;
  right: OccupationKey;
};
export type examplePeopleQuery$data = {
  readonly comparison: {
    readonly demographics: {
      readonly age: {
        readonly left: number | null | undefined;
        readonly leftMeasure: string;
        readonly right: number | null | undefined;
      };
      readonly gender: {
        readonly shares: ReadonlyArray<{
          readonly left: number | null | undefined;
          readonly name: string;
          readonly right: number | null | undefined;
        }>;
      };
    } | null | undefined;
    readonly left: {
      readonly demographics: {
        readonly sources: ReadonlyArray<{
          readonly name: string;
          readonly url: string | null | undefined;
        }>;
      } | null | undefined;
    };
  } | null | undefined;
};
export type examplePeopleQuery = {
  response: examplePeopleQuery$data;
  variables: examplePeopleQuery$variables;
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
  "name": "name",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "url",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "left",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "right",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "concreteType": "DemographicsComparison",
  "kind": "LinkedField",
  "name": "demographics",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "Difference",
      "kind": "LinkedField",
      "name": "age",
      "plural": false,
      "selections": [
        (v4/*:: as any*/),
        (v5/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "leftMeasure",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "DistributionComparison",
      "kind": "LinkedField",
      "name": "gender",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "ShareDifference",
          "kind": "LinkedField",
          "name": "shares",
          "plural": true,
          "selections": [
            (v2/*:: as any*/),
            (v4/*:: as any*/),
            (v5/*:: as any*/)
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
},
v7 = {
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
    "name": "examplePeopleQuery",
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
                "concreteType": "Demographics",
                "kind": "LinkedField",
                "name": "demographics",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Source",
                    "kind": "LinkedField",
                    "name": "sources",
                    "plural": true,
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
          (v6/*:: as any*/)
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
    "name": "examplePeopleQuery",
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
                "concreteType": "Demographics",
                "kind": "LinkedField",
                "name": "demographics",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Source",
                    "kind": "LinkedField",
                    "name": "sources",
                    "plural": true,
                    "selections": [
                      (v2/*:: as any*/),
                      (v3/*:: as any*/),
                      (v7/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              (v7/*:: as any*/)
            ],
            "storageKey": null
          },
          (v6/*:: as any*/),
          (v7/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "6908e4452df97c4005f6761558727613",
    "id": null,
    "metadata": {},
    "name": "examplePeopleQuery",
    "operationKind": "query",
    "text": "query examplePeopleQuery(\n  $left: OccupationKey!\n  $right: OccupationKey!\n) {\n  comparison(left: $left, right: $right) {\n    left {\n      demographics {\n        sources {\n          name\n          url\n          id\n        }\n      }\n      id\n    }\n    demographics {\n      age {\n        left\n        right\n        leftMeasure\n      }\n      gender {\n        shares {\n          name\n          left\n          right\n        }\n      }\n    }\n    id\n  }\n}\n"
  }
};
})();

(node as any).hash = "9e8c97ca292d105aada6f095a675b12a";

export default node;
