using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Policies;

public sealed class SavePolicyTests
{
    private static readonly PolicyDraft s_threats = new("pol_threats", "2.1", "Threats", null, Severity.Severe, "Do not threaten.", "Look at context.", [], "Threatens someone");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<SavePolicyOutcome> SaveAsync(TestConsole console, Caller caller, PolicyDraft draft) => console.Use<SavePolicy>().RunAsync(caller, draft, Cancel);

    [Fact]
    public async Task Save_ByOneWhoMayOnlyRead_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => SaveAsync(console, lead, s_threats));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<Policy>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task NewWords_Saved_AreANewVersionAndTheOldOneStays()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        Assert.Equal(SavePolicyOutcome.Saved, await SaveAsync(console, expert, s_threats));
        PolicyView first = (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, null, Cancel))!;

        Assert.Equal(SavePolicyOutcome.Saved, await SaveAsync(console, expert, s_threats with { Text = "Never threaten.", Version = first.Policy.Version }));

        PolicyView now = (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, null, Cancel))!;
        PolicyView then = (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, 1, Cancel))!;
        Assert.Equal((2, "Never threaten."), (now.Shown.Number, now.Shown.Text));
        Assert.Equal("Do not threaten.", then.Shown.Text);
        Assert.Equal([2, 1], now.Versions.Select(version => version.Number));
        Assert.Equal(2, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.PolicyChanged, Cancel)));
    }

    [Fact]
    public async Task SameWords_SavedAndPutAway_AreNoNewVersion()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        await SaveAsync(console, expert, s_threats);
        PolicyView read = (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, null, Cancel))!;

        await SaveAsync(console, expert, s_threats with { Archived = true, Version = read.Policy.Version });

        PolicyView now = (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, null, Cancel))!;
        Assert.Equal((1, true), (now.Policy.CurrentVersion, now.Policy.Archived));
    }

    [Fact]
    public async Task Policy_ChangedBySomeoneMeanwhile_IsNotOverwritten()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        await SaveAsync(console, expert, s_threats);
        long read = (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, null, Cancel))!.Policy.Version;
        await SaveAsync(console, expert, s_threats with { Text = "Theirs", Version = read });

        Assert.Equal(SavePolicyOutcome.Changed, await SaveAsync(console, expert, s_threats with { Text = "Mine", Version = read }));
        Assert.Equal(SavePolicyOutcome.IdTaken, await SaveAsync(console, expert, s_threats));
        Assert.Equal("Theirs", (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, null, Cancel))!.Shown.Text);
    }

    [Fact]
    public async Task Draft_ThatCannotStand_IsRefusedWithItsReason()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        await SaveAsync(console, expert, s_threats);
        await SaveAsync(console, expert, s_threats with { Id = "pol_child", ParentId = "pol_threats" });
        long version = (await console.Use<ReadPolicy>().RunAsync(expert, s_threats.Id, null, Cancel))!.Policy.Version;

        Assert.Equal(SavePolicyOutcome.IdInvalid, await SaveAsync(console, expert, s_threats with { Id = "not an id" }));
        Assert.Equal(SavePolicyOutcome.CodeInvalid, await SaveAsync(console, expert, s_threats with { Id = "x", Code = " " }));
        Assert.Equal(SavePolicyOutcome.NameInvalid, await SaveAsync(console, expert, s_threats with { Id = "x", Name = "" }));
        Assert.Equal(SavePolicyOutcome.TextTooLong, await SaveAsync(console, expert, s_threats with { Id = "x", Text = new string('a', 100_001) }));
        Assert.Equal(SavePolicyOutcome.ParentInvalid, await SaveAsync(console, expert, s_threats with { Id = "x", ParentId = "nowhere" }));
        // A tree that bites its tail would never end.
        Assert.Equal(SavePolicyOutcome.ParentInvalid, await SaveAsync(console, expert, s_threats with { ParentId = "pol_child", Version = version }));
    }

    [Fact]
    public async Task Tree_Listed_StandsInOrderOfCodesWithChildrenBelowTheirParents()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        await SaveAsync(console, expert, s_threats with { Id = "b", Code = "2" });
        await SaveAsync(console, expert, s_threats with { Id = "b10", Code = "2.10", ParentId = "b" });
        await SaveAsync(console, expert, s_threats with { Id = "b9", Code = "2.9", ParentId = "b" });
        await SaveAsync(console, expert, s_threats with { Id = "a", Code = "1" });
        await SaveAsync(console, expert, s_threats with { Id = "old", Code = "0", Archived = true });

        IReadOnlyList<PolicyRow> tree = await console.Use<ListPolicies>().RunAsync(expert, archived: false, Cancel);

        Assert.Equal([("a", 0), ("b", 0), ("b9", 1), ("b10", 1)], tree.Select(row => (row.Id, row.Depth)));
        Assert.Contains(await console.Use<ListPolicies>().RunAsync(expert, archived: true, Cancel), row => row.Id == "old");
    }
}
