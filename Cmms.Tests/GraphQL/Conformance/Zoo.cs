namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>A schema with every kind of type, directive and default.</summary>
internal static class Zoo
{
    public const string Sdl = """"
        """
        Everything that a schema may have.

          indented, with "quotes" and \"""
        """
        schema @tagged(name: "zoo") { query: Root mutation: Change subscription: News }
        "Marks anything in the type system." directive @tagged(name: String! = "x" @deprecated(reason: "unused"), weight: Int) repeatable on
          SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
        directive @cached(for: Int! = 60, keys: [String!], by: Near, mode: Mode = FAST) on QUERY | FIELD | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
        directive @trace(id: ID!) repeatable on QUERY | MUTATION | SUBSCRIPTION | FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
        scalar Anything @specifiedBy(url: "https://example.org/anything?a=1&b=\"2\"")
        scalar Stamp @tagged(name: "a") @tagged(name: "b", weight: 2)
        enum Mode { "Quick." FAST SLOW @deprecated ODD @deprecated(reason: "Use \"SLOW\".") @tagged }
        enum One { ONLY }
        interface Being { id: ID! name(upper: Boolean = false): String kind: Mode! }
        interface Eater implements Being { id: ID! name(upper: Boolean = false): String kind: Mode! eats(first: Int = 2, where: Filter): [Being!]! }
        interface Deep implements Eater & Being { id: ID! name(upper: Boolean = false): String kind: Mode! eats(first: Int = 2, where: Filter): [Being!]! depth: Int! }
        interface Lonely { alone: Boolean }
        type Fish implements Deep & Eater & Being @tagged {
          id: ID! name(upper: Boolean = false, lang: String = "é"): String kind: Mode!
          eats(first: Int = 2, where: Filter): [Being!]! depth: Int! school: [Fish] tank: Tank! size: Float scales: [[Int!]!] old: Int @deprecated(reason: "gone")
        }
        type Bird implements Eater & Being { id: ID! name(upper: Boolean = false): String! kind: Mode! eats(first: Int = 2, where: Filter): [Bird!]! size: Int nest: Place wings: [Wing!] }
        type Wing { side: Mode span: Float! feathers: [[[String]!]]! bird: Bird }
        type Rock implements Lonely { alone: Boolean weight: Float note: Anything at: Stamp! tags: [String!]! place: Place thing: Thing! }
        type Tank { litres: Float! fish: [Fish!] neighbours: [Tank]! keeper: Keeper mixed: [Thing] }
        type Keeper { id: ID! name: String email: String @deprecated boss: Keeper! likes(near: Near!): [Thing!] }
        union Thing @tagged = Fish | Bird | Rock
        union Place = Tank | Wing
        input Filter @tagged {
          mode: Mode = SLOW modes: [Mode!] = [FAST, ODD] text: String = "a\"b\n" number: Int! ratio: Float = 1 flag: Boolean! = true
          ids: [ID!] nested: Filter matrix: [[Int]] = [[1, null], [2]] near: Near any: Anything = {a: [1, {b: "c"}]} old: Int @deprecated(reason: "use number") at: Stamp
        }
        input Near @oneOf { id: ID name: String mode: Mode filter: Filter ids: [Int!] near: Near any: Anything }
        input Small { a: Int = 1 b: [Small!] }
        type Root {
          echo(int: Int, float: Float = 0.5, text: String, flag: Boolean, id: ID, mode: Mode, filter: Filter, near: Near, any: Anything, small: Small = {b: [{}, {a: 2}]}): String
          need(int: Int!, list: [Int!]!, filter: Filter!, modes: [Mode!]! = [FAST], id: ID! = 5 @deprecated(reason: "no")): Int
          lists(a: [Int], b: [[String!]], c: [Filter!], d: [[[ID!]!]!], e: [Near]): [[Float!]]
          being(id: ID!): Being eater: Eater beings(first: Int = 10, modes: [Mode]): [Being]! things: [Thing!] thing: Thing place: Place deep: Deep lonely: Lonely
          fish: Fish! bird(near: Near): Bird tank: Tank keeper: Keeper any: Anything anys: [Anything!] stamp: Stamp! one: One modes: [Mode!]! flag: Boolean! ids: [ID] text: String! numbers: [Int]!
        }
        type Change { feed(id: ID!, filter: Filter): Fish touch: Int! move(near: Near!): Place many(small: [Small!]!): [Thing]! }
        type News { arrived(mode: Mode): Being left: Thing count(near: Near): Int! }
        extend type Root { late: Int @tagged(name: "late", weight: -1) }
        """";

    /// <summary>Neither mutations nor subscriptions.</summary>
    public const string Bare = "type Query { a: Int anything: String self: Query }";
}
