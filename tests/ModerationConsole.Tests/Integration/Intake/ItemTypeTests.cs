using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

public sealed class ItemTypeTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        await _console.TakesItemsAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Fields_Changed_RaiseTheSchemaVersionAndHoldForTheNextItem()
    {
        ItemTypeView before = await PostAsync();

        Assert.Equal(SaveItemTypeOutcome.Saved, (await SaveAsync(Items.Post with { Version = before.Version, Fields = [.. Items.Post.Fields, new("must", FieldType.String, Required: true)] })).Outcome);

        Assert.Equal(before.SchemaVersion + 1, (await PostAsync()).SchemaVersion);
        Assert.Equal("/items/0/data/must", Assert.Single((await _console.SendAsync(Items.PostJson())).Problems).Pointer);
    }

    [Fact]
    public async Task Type_SavedByTwoPeople_IsChangedByTheFirstOnly()
    {
        ItemTypeView before = await PostAsync();
        await SaveAsync(Items.Post with { Version = before.Version, Name = "First" });

        Assert.Equal(SaveItemTypeOutcome.Changed, (await SaveAsync(Items.Post with { Version = before.Version, Name = "Second" })).Outcome);
        Assert.Equal("First", (await PostAsync()).Name);
    }

    [Fact]
    public async Task Kind_OfATypeWithItems_StaysWhatItIs()
    {
        await _console.SendAsync(Items.PostJson());

        Assert.Equal(SaveItemTypeOutcome.KindFixed, (await SaveAsync(Items.Post with { Version = (await PostAsync()).Version, Kind = ItemKind.User })).Outcome);
    }

    [Fact]
    public async Task Type_Archived_TakesNoNewItems()
    {
        await SaveAsync(Items.Post with { Version = (await PostAsync()).Version, Archived = true });

        Assert.Equal("type.unknown", Assert.Single((await _console.SendAsync(Items.PostJson())).Problems).Code);
    }

    [Theory]
    [InlineData("it_post", "Post", SaveItemTypeOutcome.IdTaken)]
    [InlineData("", "Post", SaveItemTypeOutcome.IdInvalid)]
    [InlineData("two words", "Post", SaveItemTypeOutcome.IdInvalid)]
    [InlineData("line\n", "Post", SaveItemTypeOutcome.IdInvalid)]
    [InlineData("new", " ", SaveItemTypeOutcome.NameInvalid)]
    public async Task NewType_WithAWrongIdOrName_IsNotSaved(string id, string name, SaveItemTypeOutcome outcome) =>
        Assert.Equal(outcome, (await SaveAsync(new ItemTypeDraft(id, name, ItemKind.Content, []))).Outcome);

    [Theory]
    [InlineData("text", FieldType.String, FieldRole.None, FieldProblemKind.NameTwice)]
    [InlineData("", FieldType.String, FieldRole.None, FieldProblemKind.NameInvalid)]
    [InlineData("a\u0001", FieldType.String, FieldRole.None, FieldProblemKind.NameInvalid)]
    [InlineData("other", FieldType.Number, FieldRole.CreatedAt, FieldProblemKind.RoleUnfit)]
    [InlineData("other", FieldType.String, FieldRole.Language, FieldProblemKind.RoleTwice)]
    public async Task Field_ThatDoesNotFit_IsNamed(string name, FieldType type, FieldRole role, FieldProblemKind kind)
    {
        SavedItemType saved = await SaveAsync(new ItemTypeDraft("new", "New", ItemKind.Content,
            [new("text", FieldType.String), new("language", FieldType.String, Role: FieldRole.Language), new(name, type, Role: role)]));

        Assert.Equal((SaveItemTypeOutcome.FieldsInvalid, new FieldProblem(kind, name)), (saved.Outcome, saved.Problem));
    }

    [Fact]
    public async Task Types_AreSeenByEveryoneAndDefinedByAdministrators()
    {
        Caller moderator = await _console.PersonAsync();
        Caller admin = await _console.PersonAsync(Roles.Admin);

        Assert.Equal(4, (await _console.Use<ListItemTypes>().RunAsync(moderator, Cancel)).Count);
        ItemTypeDraft draft = new("new", "New", ItemKind.Content, []);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _console.Use<SaveItemType>().RunAsync(moderator, draft, Cancel));
        Assert.Equal(SaveItemTypeOutcome.Saved, (await _console.Use<SaveItemType>().RunAsync(admin, draft, Cancel)).Outcome);
        Assert.Null(await _console.Use<GetItemType>().RunAsync(moderator, "nowhere", Cancel));
    }

    private Task<SavedItemType> SaveAsync(ItemTypeDraft draft) => _console.Use<SaveItemType>().RunAsync(Caller.System, draft, Cancel);

    private async Task<ItemTypeView> PostAsync() => (await _console.Use<GetItemType>().RunAsync(Caller.System, Items.Post.Id, Cancel))!;
}
