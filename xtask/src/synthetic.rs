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
        default:
          $ref: '#/components/responses/Failure'
";

const CREATE: &str = "    post:
      operationId: create_resource<N>
      tags: [resources<N>]
      summary: Create a resource <N>
      requestBody:
        description: The resource to create.
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/NewResource<N>'
      responses:
        '201':
          description: The resource was created.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Resource<N>'
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
";

const READ: &str = "    get:
      operationId: get_resource<N>
      tags: [resources<N>]
      summary: Read a resource <N>
      responses:
        '200':
          description: The resource.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Resource<N>'
        default:
          $ref: '#/components/responses/Failure'
";

const REPLACE: &str = "    put:
      operationId: replace_resource<N>
      tags: [resources<N>]
      summary: Replace a resource <N>
      requestBody:
        description: What the resource is to be.
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/NewResource<N>'
      responses:
        '200':
          description: The resource as it is now.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Resource<N>'
        default:
          $ref: '#/components/responses/Failure'
";

const DELETE: &str = "    delete:
      operationId: delete_resource<N>
      tags: [resources<N>]
      summary: Delete a resource <N>
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
        minimum: 1
        maximum: 100
  responses:
    Failure:
      description: What went wrong.
      content:
        application/json:
          schema:
            $ref: '#/components/schemas/Error'
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
        name:
          description: What people call it.
          type: string
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
