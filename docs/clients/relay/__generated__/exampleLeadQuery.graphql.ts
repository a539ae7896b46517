/**
 * @generated SignedSource<<709fc5958322c053d8b7d2d1ed23e05d>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
export type Unit = "DOLLARS_PER_HOUR" | "DOLLARS_PER_YEAR" | "MONTHS" | "OPEN_POSTINGS" | "PERCENTAGE_POINTS" | "WAGE_AND_SALARY_JOBS" | "YEARS" | "%future added value";
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
export type exampleLeadQuery$variables = {
  left: OccupationKey;
  right: OccupationKey;
};
export type exampleLeadQuery$data = {
  readonly comparison: {
    readonly demographics: {
      readonly age: {
        readonly unit: Unit;
      };
    } | null | undefined;
    readonly left: {
      readonly title: string;
    };
    readonly right: {
      readonly title: string;
    };
    readonly salary: {
      readonly annualMean: {
        readonly left: number | null | undefined;
        readonly missing: ReadonlyArray<{
          readonly figure: string;
        }>;
        readonly right: number | null | undefined;
      };
    } | null | undefined;
  } | null | undefined;
};
export type exampleLeadQuery = {
  response: exampleLeadQuery$data;
  variables: exampleLeadQuery$variables;
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
  "name": "title",
  "storageKey": null
},
v3 = [
  (v2/*:: as any*/)
],
v4 = {
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
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "left",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "right",
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
              "name": "figure",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
},
v5 = {
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
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "unit",
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
},
v7 = [
  (v2/*:: as any*/),
  (v6/*:: as any*/)
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "exampleLeadQuery",
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
            "selections": (v3/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Occupation",
            "kind": "LinkedField",
            "name": "right",
            "plural": false,
            "selections": (v3/*:: as any*/),
            "storageKey": null
          },
          (v4/*:: as any*/),
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
    "name": "exampleLeadQuery",
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
            "selections": (v7/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Occupation",
            "kind": "LinkedField",
            "name": "right",
            "plural": false,
            "selections": (v7/*:: as any*/),
            "storageKey": null
          },
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "568e7a7882e1fb271dc09a2d73a03490",
    "id": null,
    "metadata": {},
    "name": "exampleLeadQuery",
    "operationKind": "query",
    "text": "query exampleLeadQuery(\n  $left: OccupationKey!\n  $right: OccupationKey!\n) {\n  comparison(left: $left, right: $right) {\n    left {\n      title\n      id\n    }\n    right {\n      title\n      id\n    }\n    salary {\n      annualMean {\n        left\n        right\n        missing {\n          figure\n        }\n      }\n    }\n    demographics {\n      age {\n        unit\n      }\n    }\n    id\n  }\n}\n"
  }
};
})();

(node as any).hash = "9d8de9e4d413b6cad418702fdbec6b0c";

export default node;
