using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Enforcement;

public sealed class SaveActionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewAction_IsListedAndAudited()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        ActionDraft draft = new("act_suspend", " Suspend the account ")
        {
            CallbackUrl = "https://hooks.example/actions?token=secret",
            CustomBody = """{"team":"safety"}""",
            Target = ActionTarget.Author,
            Reversible = false,
            Parameters = [new("days", ParameterType.Number, Required: true), new("why", ParameterType.Select, Options: ["spam", "abuse"])],
        };

        Assert.Equal(SaveActionOutcome.Saved, await SaveAsync(console, draft));

        Caller admin = await console.PersonAsync(Roles.Admin);
        ActionLine line = Assert.Single(await console.Use<ListActions>().RunAsync(admin, Cancel));
        Assert.Equal(
            ("Suspend the account", draft.CallbackUrl, ActionTarget.Author, false, 2), (line.Name, line.CallbackUrl, line.Target, line.Reversible, line.Parameters.Count));
        Caller moderator = await console.PersonAsync();
        Assert.Null(Assert.Single(await console.Use<ListActions>().RunAsync(moderator, Cancel)).CallbackUrl);
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.ActionDefinitionChanged, Cancel));
        Assert.DoesNotContain("secret", entry.Details, StringComparison.Ordinal);
        Assert.Contains("hooks.example", entry.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hooks.example/")]
    [InlineData("https://localhost/")]
    [InlineData("https://x.localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://10.0.0.7:8443/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://user:pass@hooks.example/")]
    [InlineData("https://hooks.example/#part")]
    [InlineData("ftp://hooks.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//hooks.example/")]
    [InlineData("hooks.example")]
    public async Task CallbackThatMayNotBeReached_IsRefused(string address)
    {
        await using TestConsole console = await TestConsole.StartAsync();

        Assert.Equal(SaveActionOutcome.AddressRefused, await SaveAsync(console, new ActionDraft("act_a", "A") { CallbackUrl = address }));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5999/hook")]
    [InlineData("http://hooks.internal:8080/hook")]
    [InlineData("https://hooks.example/hook")]
    [InlineData("")]
    public async Task CallbackThatIsNamedOrPublic_IsTaken(string address)
    {
        await using TestConsole console = await TestConsole.StartAsync(
            new() { ["Webhooks:AllowedHosts:0"] = "127.0.0.1:5999", ["Webhooks:AllowedHosts:1"] = "hooks.internal:8080" });

        Assert.Equal(SaveActionOutcome.Saved, await SaveAsync(console, new ActionDraft("act_a", "A") { CallbackUrl = address }));
    }

    [Fact]
    public async Task WrongParts_AreEachSaid()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        ActionDraft good = new("act_a", "A");

        Assert.Equal(SaveActionOutcome.IdInvalid, await SaveAsync(console, good with { Id = "act,a" }));
        Assert.Equal(SaveActionOutcome.NameInvalid, await SaveAsync(console, good with { Name = " " }));
        Assert.Equal(SaveActionOutcome.CustomBodyInvalid, await SaveAsync(console, good with { CustomBody = "[]" }));
        Assert.Equal(SaveActionOutcome.CustomBodyInvalid, await SaveAsync(console, good with { CustomBody = """{"a":1,"a":2}""" }));
        Assert.Equal(SaveActionOutcome.ParametersInvalid, await SaveAsync(console, good with { Parameters = [new("a b")] }));
        Assert.Equal(SaveActionOutcome.ParametersInvalid, await SaveAsync(console, good with { Parameters = [new("a"), new("a")] }));
        Assert.Equal(SaveActionOutcome.ParametersInvalid, await SaveAsync(console, good with { Parameters = [new("a", ParameterType.Select)] }));
        Assert.Equal(SaveActionOutcome.UnknownItemType, await SaveAsync(console, good with { ItemTypes = ["none"] }));
        Assert.Equal(SaveActionOutcome.UnknownReversal, await SaveAsync(console, good with { ReversalActionId = "act_a" }));
        Assert.Equal(SaveActionOutcome.TextTooLong, await SaveAsync(console, good with { Description = new string('a', 5_001) }));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<ActionDefinition>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task ActionThatSomeoneSavedMeanwhile_IsNotOverwritten()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        ActionDraft draft = new("act_a", "A");
        await SaveAsync(console, draft);

        Assert.Equal(SaveActionOutcome.IdTaken, await SaveAsync(console, draft));
        Assert.Equal(SaveActionOutcome.Saved, await SaveAsync(console, draft with { Name = "B", Version = 0 }));
        Assert.Equal(SaveActionOutcome.Changed, await SaveAsync(console, draft with { Name = "C", Version = 0 }));
    }

    [Fact]
    public async Task Actions_AreManagedByThoseWhoMayOnly()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller admin = await console.PersonAsync(Roles.Admin);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<SaveAction>().RunAsync(lead, new ActionDraft("act_a", "A"), Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<ReadWebhookKeys>().RunAsync(lead, Cancel));
        Assert.StartsWith("whsec_", Assert.Single((await console.Use<ReadWebhookKeys>().RunAsync(admin, Cancel))!).Secret, StringComparison.Ordinal);
    }

    private static Task<SaveActionOutcome> SaveAsync(TestConsole console, ActionDraft draft) => console.Use<SaveAction>().RunAsync(Caller.System, draft, Cancel);
}
