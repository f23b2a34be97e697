using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Intake;

public sealed class ItemReaderTests
{
    private static readonly ItemField[] s_everyType =
    [
        new("s", FieldType.String), new("b", FieldType.Boolean), new("n", FieldType.Number), new("i", FieldType.Id),
        new("u", FieldType.UserId), new("r", FieldType.RelatedItem), new("p", FieldType.PolicyId), new("d", FieldType.Datetime),
        new("l", FieldType.Url), new("img", FieldType.Image), new("vid", FieldType.Video), new("aud", FieldType.Audio),
        new("m", FieldType.Media), new("g", FieldType.Geohash), new("ip", FieldType.IpAddress), new("e", FieldType.EmailAddress),
        new("many", FieldType.Number, Many: true),
    ];

    private readonly ProblemList _problems = new();

    [Theory]
    [InlineData("s", "\"any text\"")]
    [InlineData("s", "\"\"")]
    [InlineData("b", "true")]
    [InlineData("b", "\"1\"")]
    [InlineData("b", "\"0\"")]
    [InlineData("n", "12.5")]
    [InlineData("n", "\"12.5\"")]
    [InlineData("i", "\"abc\"")]
    [InlineData("i", "123")]
    [InlineData("u", """{"id":"u-1","typeId":"any","name":"someone"}""")]
    [InlineData("u", """{"id":17,"typeId":"any"}""")]
    [InlineData("r", """{"id":"x","typeId":"any"}""")]
    [InlineData("p", "\"pol_unknown\"")]
    [InlineData("d", "\"2026-05-02T09:15:00Z\"")]
    [InlineData("d", "\"2026-05-02\"")]
    [InlineData("d", "\"\"")]
    [InlineData("l", "\"https://example.net/a?b=c\"")]
    [InlineData("l", "\"\"")]
    [InlineData("img", "\"https://cdn.example.net/a.jpg\"")]
    [InlineData("img", "\"\"")]
    [InlineData("vid", "null")]
    [InlineData("aud", "\"http://cdn.example.net/a.mp3\"")]
    [InlineData("m", "\"https://cdn.example.net/a\"")]
    [InlineData("g", "\"u09tvw0\"")]
    [InlineData("g", "\"\"")]
    [InlineData("ip", "\"2001:db8::1\"")]
    [InlineData("e", "\"someone@example.net\"")]
    [InlineData("many", "[1,\"2\",3]")]
    [InlineData("many", "[]")]
    public void Field_WithAValueOfItsType_IsTaken(string field, string value)
    {
        Assert.NotNull(Read($$$"""{"id":"x","typeId":"any","data":{"{{{field}}}":{{{value}}}}}"""));
        Assert.Empty(_problems.Problems);
    }

    [Theory]
    [InlineData("s", "1", "field.not-a-text")]
    [InlineData("b", "\"yes\"", "field.not-a-boolean")]
    [InlineData("b", "1", "field.not-a-boolean")]
    [InlineData("n", "\"many\"", "field.not-a-number")]
    [InlineData("n", "1e999", "field.not-a-number")]
    [InlineData("n", "\"NaN\"", "field.not-a-number")]
    [InlineData("i", "\"a\\u0007b\"", "field.not-an-id")]
    [InlineData("i", "\"\"", "field.not-an-id")]
    [InlineData("i", "1.5", "field.not-an-id")]
    [InlineData("u", "\"u-1\"", "field.not-a-reference")]
    [InlineData("u", """{"id":"u-1"}""", "field.not-a-reference")]
    [InlineData("u", """{"id":"u-1","typeId":"nowhere"}""", "type.unknown")]
    [InlineData("d", "\"yesterday\"", "field.not-a-date")]
    [InlineData("d", "\"10:00\"", "field.not-a-date")]
    [InlineData("l", "\"not a url\"", "field.not-a-url")]
    [InlineData("img", "\"javascript:alert(1)\"", "field.not-a-media-url")]
    [InlineData("img", "\"file:///etc/passwd\"", "field.not-a-media-url")]
    [InlineData("img", """{"url":"https://cdn.example.net/a.jpg"}""", "field.not-a-media-url")]
    [InlineData("g", "\"hello world\"", "field.not-a-geohash")]
    [InlineData("g", "\"u09\\n\"", "field.not-a-geohash")]
    [InlineData("ip", "\"300.1.1.1\"", "field.not-an-ip-address")]
    [InlineData("e", "\"nobody\"", "field.not-an-email")]
    [InlineData("many", "1", "field.not-a-list")]
    public void Field_WithAnotherValue_IsRefusedByItsPointer(string field, string value, string code)
    {
        Assert.Null(Read($$$"""{"id":"x","typeId":"any","data":{"{{{field}}}":{{{value}}}}}"""));

        IntakeProblem problem = Assert.Single(_problems.Problems);
        Assert.Equal(code, problem.Code);
        Assert.Equal($"/items/3/data/{field}", problem.Pointer);
    }

    [Fact]
    public void List_WithBadElements_PointsAtEachOfThem()
    {
        Assert.Null(Read("""{"id":"x","typeId":"any","data":{"many":[1,"a",3,"b"]}}"""));

        Assert.Equal(["/items/3/data/many/1", "/items/3/data/many/3"], _problems.Problems.Select(problem => problem.Pointer));
    }

    [Theory]
    [InlineData("""{"id":"x","data":{}}""")]
    [InlineData("""{"id":"x","typeId":"any","type":{"id":"any"},"data":{}}""")]
    [InlineData("""{"id":"x","type":{"name":"any"},"data":{}}""")]
    [InlineData("""{"id":"x","type":"any","data":{}}""")]
    [InlineData("""{"id":"x","typeId":7,"data":{}}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    public void Item_InNeitherOrBothForms_IsRefused(string item)
    {
        Assert.Null(Read(item));
        Assert.Equal("item.shape", Assert.Single(_problems.Problems).Code);
    }

    [Fact]
    public void Item_InTheNestedForm_IsTheSameAsInTheFlat()
    {
        AcceptedItem? flat = Read("""{"id":"x","typeId":"any","typeVersion":"3","typeSchemaVariant":"original","data":{"s":"text"}}""");
        AcceptedItem? nested = Read("""{"id":"x","type":{"id":"any","version":"3","schemaVariant":"original"},"data":{"s":"text"}}""");

        Assert.NotNull(flat);
        Assert.NotNull(nested);
        Assert.Equal(flat.Hash, nested.Hash);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"   \"")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"a\\u0085b\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void Item_WithAnIdThatIsNone_IsRefused(string id)
    {
        Assert.Null(Read($$$"""{"id":{{{id}}},"typeId":"any","data":{}}"""));
        Assert.Equal("item.id-invalid", Assert.Single(_problems.Problems).Code);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Item_WithALongId_IsTakenUpToTheBound(int length, bool taken) =>
        Assert.Equal(taken, Read($$$"""{"id":"{{{new string('i', length)}}}","typeId":"any","data":{}}""") is not null);

    [Theory]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_001, false)]
    public void Text_WithAMillionCharacters_IsTakenAndNotOneMore(int length, bool taken) =>
        Assert.Equal(taken, Read($$$"""{"id":"x","typeId":"any","data":{"s":"{{{new string('t', length)}}}"}}""") is not null);

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void Data_NestingInAnUnknownKey_IsTakenUpToTheBound(int levels, bool taken) =>
        Assert.Equal(taken, Read($$$"""{"id":"x","typeId":"any","data":{"k":{{{new string('[', levels)}}}{{{new string(']', levels)}}}}}""") is not null);

    [Fact]
    public void RequiredField_Missing_IsNamed()
    {
        ItemReader reader = new(Catalog(new ItemField("must", FieldType.String, Required: true)), _problems);

        Assert.Null(reader.Read(Items.Json("""{"id":"x","typeId":"any","data":{"other":1}}"""), "/items/0"));
        Assert.Null(reader.Read(Items.Json("""{"id":"x","typeId":"any","data":{"must":null}}"""), "/items/1"));

        Assert.Equal([("field.required", "/items/0/data/must"), ("field.required", "/items/1/data/must")],
            _problems.Problems.Select(problem => (problem.Code, problem.Pointer)));
    }

    [Fact]
    public void RequiredField_MissingInAPartialItem_IsLetGo()
    {
        ItemReader reader = new(Catalog(new ItemField("must", FieldType.String, Required: true)), _problems);

        Assert.NotNull(reader.Read(Items.Json("""{"id":"x","typeId":"any","typeSchemaVariant":"partial","data":{}}"""), "/items/0"));
    }

    [Fact]
    public void UnknownKeys_InData_AreKeptUnchecked()
    {
        AcceptedItem? item = Read("""{"id":"x","typeId":"any","data":{"zz":{"b":[1,null,"x"],"a":false},"s":"text"}}""");

        Assert.Equal("""{"s":"text","zz":{"a":false,"b":[1,null,"x"]}}""", item?.Data);
    }

    [Theory]
    [InlineData("type-that-nobody-defined")]
    [InlineData("old")]
    public void Item_OfAnUnknownOrArchivedType_IsRefused(string type)
    {
        Assert.Null(Read($$$"""{"id":"x","typeId":"{{{type}}}","data":{}}"""));
        Assert.Equal(ProblemKind.UnknownItemType, Assert.Single(_problems.Problems).Kind);
    }

    [Fact]
    public void Roles_OfFields_TellWhoWhereAndWhen()
    {
        ItemReader reader = new(Catalog(
            new ItemField("title", FieldType.String),
            new ItemField("lang", FieldType.String, Role: FieldRole.Language),
            new ItemField("by", FieldType.UserId, Role: FieldRole.Creator),
            new ItemField("in", FieldType.Id, Role: FieldRole.Thread),
            new ItemField("to", FieldType.String, Role: FieldRole.Parent),
            new ItemField("at", FieldType.Datetime, Role: FieldRole.CreatedAt),
            new ItemField("heard", FieldType.String, Many: true, Role: FieldRole.Transcript)), _problems);

        ItemFacts? facts = reader.Read(Items.Json(
            """{"id":"x","typeId":"any","data":{"heard":["one","two"],"title":"zero","lang":"pt_br","by":{"id":7,"typeId":"any"},"in":9,"to":"c-1","at":"2026-05-02T11:15:00+02:00"}}"""),
            "/items/0")?.Facts;

        Assert.NotNull(facts);
        Assert.Equal("zero\none\ntwo", facts.Text);
        Assert.Equal(("any", "7", "9", "c-1", "pt-BR"), (facts.CreatorTypeId, facts.CreatorId, facts.ThreadId, facts.ParentId, facts.Language));
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 9, 15, 0, TimeSpan.Zero), facts.CreatedAt);
    }

    private AcceptedItem? Read(string item) => new ItemReader(Catalog(s_everyType), _problems).Read(Items.Json(item), "/items/3");

    private static ItemCatalog Catalog(params ItemField[] fields) => new(
    [
        new KnownType("any", ItemKind.Content, Sensitivity.Ordinary, 1, Archived: false, fields),
        new KnownType("old", ItemKind.Content, Sensitivity.Ordinary, 1, Archived: true, fields),
    ]);
}
