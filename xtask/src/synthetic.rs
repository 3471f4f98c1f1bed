//! Documents of any size, for tests and benchmarks.

use std::fmt::Write as _;

/// An OpenAPI 3.0 document of `operations` operations, the same text for the same number.
///
/// It is made like a real one: five operations per resource (list, create, read, replace, delete)
/// with path and query parameters, a body that is a component, inline schemas, enums, arrays, maps,
/// nullable and sensitive properties, and schemas that all resources share: `Error`, `Page`,
/// `Address` and the recursive `Folder`.
pub fn document(operations: usize) -> String {
    let mut text = String::from(HEAD);
    for index in 0..operations {
        let (resource, kind) = (index / KINDS.len(), index % KINDS.len());
        if kind == 0 {
            let _ = writeln!(text, "  /resources{resource}:");
            let _ = write!(text, "{}", numbered(KINDS[kind], resource));
        } else {
            if kind == 2 {
                let _ = write!(text, "{}", numbered(ITEM, resource));
            }
            let _ = write!(text, "{}", numbered(KINDS[kind], resource));
        }
    }
    if operations == 0 {
        text = text.replace("paths:\n", "paths: {}\n");
    }
    text.push_str(SHARED);
    for resource in 0..operations.div_ceil(KINDS.len()) {
        let _ = write!(text, "{}", numbered(SCHEMAS, resource));
    }
    text
}

/// The documentation pages of the operations of [`document`] that create a resource, every fifth.
///
/// They agree with the document, but for the folders in a folder, which no page can show whole.
pub fn pages(operations: usize) -> impl Iterator<Item = String> {
    let creating = (operations + KINDS.len() - 2) / KINDS.len();
    (0..creating).map(|resource| numbered(CREATE_PAGE, resource))
}

fn numbered(template: &str, resource: usize) -> String {
    template.replace("<N>", &resource.to_string())
}

const HEAD: &str = "\
openapi: 3.0.4
info:
  title: Synthetic
  description: Made by a program, to be compared.
  version: v1
servers:
  - url: https://synthetic.example
security:
  - basicAuth: []
paths:
";

const KINDS: [&str; 5] = [LIST, CREATE, READ, REPLACE, DELETE];

const LIST: &str = "    get:
      operationId: list_resources<N>
      tags: [resources<N>]
      summary: List the resources <N>
      description: List the resources <N> of the account.
      parameters:
        - $ref: '#/components/parameters/Limit'
        - name: cursor
          in: query
          description: Where the last page ended.
          schema:
            type: string
        - name: order
          in: query
          description: How the list is ordered.
          schema:
            type: string
            enum: [oldest, newest]
      responses:
        '200':
          description: A page of resources.
          content:
            application/json:
              schema:
                description: Resources, and where they stand in the list.
                type: object
                required: [items, page]
                properties:
                  items:
                    description: The resources of the page.
                    type: array
                    items:
                      $ref: '#/components/schemas/Resource<N>'
                  page:
                    $ref: '#/components/schemas/Page'
              examples:
                documented:
                  summary: The documentation's sample
                  value:
                    items: []
                    page:
                      total: 0
                      next: null
        default:
          $ref: '#/components/responses/Failure'
";

const CREATE: &str = "    post:
      operationId: create_resource<N>
      tags: [resources<N>]
      summary: Create a resource <N>
      description: Create a resource <N> of the account.
      requestBody:
        description: The resource to create.
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/NewResource<N>'
            examples:
              documented:
                summary: The documentation's sample
                value:
                  name: First
                  kind: plain
      responses:
        '201':
          description: The resource was created.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Resource<N>'
              examples:
                documented:
                  summary: The documentation's sample
                  value:
                    id: 123e4567-e89b-12d3-a456-426614174000
                    name: First
                    status: new
                    createdAt: '2026-02-03T04:05:06Z'
                    score: null
                    folder:
                      name: Top
                      folders: []
                    tags: [old, blue]
        default:
          $ref: '#/components/responses/Failure'
";

const ITEM: &str = "  /resources<N>/{resourceId}:
    parameters:
      - name: resourceId
        in: path
        required: true
        description: Identifies the resource.
        schema:
          type: string
          format: uuid
          x-inferred: The documentation types it as a string and shows a UUID.
";

const READ: &str = "    get:
      operationId: get_resource<N>
      tags: [resources<N>]
      summary: Read a resource <N>
      description: Read a resource <N> of the account.
      responses:
        '200':
          description: The resource.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Resource<N>'
              examples:
                documented:
                  summary: The documentation's sample
                  value:
                    id: 123e4567-e89b-12d3-a456-426614174000
                    name: First
                    status: new
                    createdAt: '2026-02-03T04:05:06Z'
                    score: null
                    folder:
                      name: Top
                      folders: []
                    tags: [old, blue]
        default:
          $ref: '#/components/responses/Failure'
";

const REPLACE: &str = "    put:
      operationId: replace_resource<N>
      tags: [resources<N>]
      summary: Replace a resource <N>
      description: Replace a resource <N> of the account.
      requestBody:
        description: What the resource is to be.
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/NewResource<N>'
            examples:
              documented:
                summary: The documentation's sample
                value:
                  name: First
                  kind: plain
      responses:
        '200':
          description: The resource as it is now.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Resource<N>'
              examples:
                documented:
                  summary: The documentation's sample
                  value:
                    id: 123e4567-e89b-12d3-a456-426614174000
                    name: First
                    status: new
                    createdAt: '2026-02-03T04:05:06Z'
                    score: null
                    folder:
                      name: Top
                      folders: []
                    tags: [old, blue]
        default:
          $ref: '#/components/responses/Failure'
";

const DELETE: &str = "    delete:
      operationId: delete_resource<N>
      tags: [resources<N>]
      summary: Delete a resource <N>
      description: Delete a resource <N> of the account.
      responses:
        '204':
          description: The resource is gone.
        default:
          $ref: '#/components/responses/Failure'
";

const SHARED: &str = "\
components:
  securitySchemes:
    basicAuth:
      type: http
      scheme: basic
  parameters:
    Limit:
      name: limit
      in: query
      description: How many resources a page may hold.
      schema:
        type: integer
        format: int32
        x-inferred: The documentation names no format.
        minimum: 1
        maximum: 100
  responses:
    Failure:
      description: What went wrong.
      content:
        application/json:
          schema:
            $ref: '#/components/schemas/Error'
          examples:
            documented:
              summary: The documentation's sample
              value:
                message: It does not work.
                code: broken
  schemas:
    Error:
      description: Says what went wrong.
      type: object
      required: [message]
      properties:
        message:
          description: For people.
          type: string
        code:
          description: For programs.
          type: string
    Page:
      description: Where a page stands in its list.
      type: object
      required: [total]
      properties:
        total:
          description: How many resources there are.
          type: integer
          format: int64
          x-inferred: The documentation names no format.
        next:
          description: Where the next page begins.
          type: string
          nullable: true
    Address:
      description: Where something is.
      type: object
      required: [street, city]
      properties:
        street:
          description: The street and the number.
          type: string
        city:
          description: The city.
          type: string
        country:
          description: The country, by ISO 3166.
          type: string
          x-inferred: The documentation states the length in words.
          minLength: 2
          maxLength: 2
    Folder:
      description: A folder with its folders.
      type: object
      required: [name]
      properties:
        name:
          description: The name of the folder.
          type: string
          x-sensitive: false
          x-inferred: It is the name of a thing.
        folders:
          description: The folders inside.
          type: array
          items:
            $ref: '#/components/schemas/Folder'
";

const SCHEMAS: &str = "    NewResource<N>:
      description: What makes a resource <N>.
      type: object
      required: [name, kind]
      properties:
        name:
          description: What people call it.
          type: string
          x-sensitive: false
          x-inferred: It is the name of a thing, whose length is stated in words.
          minLength: 1
          maxLength: 100
        kind:
          description: What kind it is of.
          type: string
          enum: [plain, fancy, special<N>]
        phone:
          description: A phone number.
          type: string
          x-sensitive: true
        address:
          $ref: '#/components/schemas/Address'
        labels:
          description: Labels by their keys.
          type: object
          additionalProperties:
            type: string
    Resource<N>:
      description: A resource <N>.
      type: object
      required: [id, name, status, createdAt]
      properties:
        id:
          description: Identifies it.
          type: string
          format: uuid
          x-inferred: The documentation types it as a string and shows a UUID.
        name:
          description: What people call it.
          type: string
          x-sensitive: false
          x-inferred: It is the name of a thing.
        status:
          description: Where it stands.
          type: string
          enum: [new, active, closed]
        score:
          description: How good it is.
          type: number
          nullable: true
        createdAt:
          description: When it was created, as RFC 3339 says.
          type: string
        folder:
          $ref: '#/components/schemas/Folder'
        address:
          $ref: '#/components/schemas/Address'
        tags:
          description: Words that describe it.
          type: array
          items:
            type: string
";

const CREATE_PAGE: &str = "Resources
Create a resource <N>
POST
/
resources<N>

Create a resource <N>
curl --request POST \\
  --url https://synthetic.example/resources<N> \\
  --header 'Authorization: Basic <encoded-value>' \\
  --header 'Content-Type: application/json' \\
  --data '
{
  \"name\": \"First\",
  \"kind\": \"plain\"
}
'
201
{
  \"id\": \"123e4567-e89b-12d3-a456-426614174000\",
  \"name\": \"First\",
  \"status\": \"new\",
  \"createdAt\": \"2026-02-03T04:05:06Z\",
  \"score\": null,
  \"folder\": {
    \"name\": \"Top\",
    \"folders\": []
  },
  \"tags\": [
    \"old\",
    \"blue\"
  ]
}
default
{
  \"message\": \"It does not work.\",
  \"code\": \"broken\"
}

Authorizations

Authorization
string
header
required

Basic authentication header of the form Basic <encoded-value>, where <encoded-value> is the base64-encoded string username:password.

Body

application/json

The resource to create.

name
string
required

What people call it.

Required string length: 1 - 100

kind
enum<string>
required

What kind it is of.

Available options:
plain,
fancy,
special<N>

phone
string

A phone number.

address
object

Where something is.

Hide child attributes

address.street
string
required

The street and the number.

address.city
string
required

The city.

address.country
string

The country, by ISO 3166.

Required string length: 2

labels
object

Labels by their keys.

Hide child attributes

labels.{key}
string

Response

201
application/json

The resource was created.

id
string<uuid>
required

Identifies it.

name
string
required

What people call it.

status
enum<string>
required

Where it stands.

Available options:
new,
active,
closed

createdAt
string
required

When it was created, as RFC 3339 says.

score
number | null

How good it is.

folder
object

A folder with its folders.

Hide child attributes

folder.name
string
required

The name of the folder.

folder.folders
object[]

The folders inside.

address
object

Where something is.

Hide child attributes

address.street
string
required

The street and the number.

address.city
string
required

The city.

address.country
string

The country, by ISO 3166.

Required string length: 2

tags
string[]

Words that describe it.

default
application/json

What went wrong.

message
string
required

For people.

code
string

For programs.
";
