using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

public sealed class QualitySettingsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_BeforeAnyoneSetThem_AreThoseOfTheConsoleAndThenWhatWasSaved()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        QualityRules before = await ReadAsync(console, lead);
        Assert.Equal((0.03, 0.95, null), (before.GoldenRate, before.TargetAccuracy, before.Version));

        Assert.Equal(SaveQualitySettingsOutcome.Saved, await SaveAsync(console, lead, 0.2, 0.9, null));
        Assert.Equal(SaveQualitySettingsOutcome.Changed, await SaveAsync(console, lead, 0.1, 0.9, null));

        QualityRules after = await ReadAsync(console, lead);
        Assert.Equal((0.2, 0.9), (after.GoldenRate, after.TargetAccuracy));
        Assert.Equal(SaveQualitySettingsOutcome.Saved, await SaveAsync(console, lead, 0, 0.9, after.Version));
        Assert.Equal(2, await ChangesAsync(console));
    }

    [Theory]
    [InlineData(-0.01, 0.9, SaveQualitySettingsOutcome.GoldenRateInvalid)]
    [InlineData(0.21, 0.9, SaveQualitySettingsOutcome.GoldenRateInvalid)]
    [InlineData(double.NaN, 0.9, SaveQualitySettingsOutcome.GoldenRateInvalid)]
    [InlineData(0.1, 0, SaveQualitySettingsOutcome.TargetInvalid)]
    [InlineData(0.1, 1, SaveQualitySettingsOutcome.TargetInvalid)]
    public async Task Settings_OutOfBounds_AreRefused(double golden, double target, SaveQualitySettingsOutcome outcome)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);

        Assert.Equal(outcome, await SaveAsync(console, lead, golden, target, null));
        Assert.Equal(0, await ChangesAsync(console));
    }

    [Fact]
    public async Task Weight_OfAPolicy_IsSetAndLeftToItsSeverityAgain()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Policy policy = await console.PolicyAsync(Severity.High);
        Assert.Equal((null, 5d), Assert.Single((await ReadAsync(console, lead)).Weights) is var line ? (line.Own, line.BySeverity) : default);

        Assert.Equal(SaveQualityWeightOutcome.Saved, await WeighAsync(console, lead, policy.Id, 20, null));
        Assert.Equal(SaveQualityWeightOutcome.Changed, await WeighAsync(console, lead, policy.Id, 30, null));
        PolicyWeight set = Assert.Single((await ReadAsync(console, lead)).Weights);
        Assert.Equal(20, set.Own);
        Assert.Equal(SaveQualityWeightOutcome.Saved, await WeighAsync(console, lead, policy.Id, null, set.Version));

        Assert.Null(Assert.Single((await ReadAsync(console, lead)).Weights).Own);
        Assert.Equal(2, await ChangesAsync(console));
        Assert.Equal(SaveQualityWeightOutcome.UnknownPolicy, await WeighAsync(console, lead, "pol_none", 1, null));
        Assert.Equal(SaveQualityWeightOutcome.WeightInvalid, await WeighAsync(console, lead, policy.Id, 0, null));
        Assert.Equal(SaveQualityWeightOutcome.WeightInvalid, await WeighAsync(console, lead, policy.Id, 100.5, null));
    }

    [Fact]
    public async Task Settings_ByOneWhoDoesNotRunQuality_AreNeitherReadNorSaved()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Policy policy = await console.PolicyAsync();
        foreach (string role in new[] { Roles.Moderator, Roles.QualityReviewer, Roles.Admin })
        {
            Caller stranger = await console.PersonAsync(role);
            await Assert.ThrowsAsync<PermissionDeniedException>(() => ReadAsync(console, stranger));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => SaveAsync(console, stranger, 0.1, 0.9, null));
            await Assert.ThrowsAsync<PermissionDeniedException>(() => WeighAsync(console, stranger, policy.Id, 1, null));
        }
    }

    private static Task<QualityRules> ReadAsync(TestConsole console, Caller caller) => console.Use<ReadQualitySettings>().RunAsync(caller, Cancel);

    private static Task<SaveQualitySettingsOutcome> SaveAsync(TestConsole console, Caller caller, double golden, double target, long? version) =>
        console.Use<SaveQualitySettings>().RunAsync(caller, golden, target, version, Cancel);

    private static Task<SaveQualityWeightOutcome> WeighAsync(TestConsole console, Caller caller, string policyId, double? weight, long? version) =>
        console.Use<SaveQualityWeight>().RunAsync(caller, policyId, weight, version, Cancel);

    private static Task<int> ChangesAsync(TestConsole console) => console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.QualitySettingsChanged, Cancel));
}
