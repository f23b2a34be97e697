using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>Registers what removes records once they are old enough.</summary>
public static class RetentionServices
{
    /// <summary>Adds the run and the classes of the lowest rooms; each other room adds its own.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<IRecordClass>(new AgedRows<AnsweredRequest>(
            RecordClasses.Requests, 2, 2, (db, before) => db.Set<AnsweredRequest>().Where(row => row.At < before).OrderBy(row => row.At)))
        .AddSingleton<IRecordClass, OutboxClass>()
        .AddSingleton<IRecordClass>(provider => new AuditEntryClass(
            RecordClasses.SignIns, 365, 30, AuditEntryClass.SignInActs, provider.GetRequiredService<IKnownCases>()))
        .AddSingleton<IRecordClass>(provider => new AuditEntryClass(
            RecordClasses.Audit, 6 * 365, 365, [], provider.GetRequiredService<IKnownCases>()))
        .AddSingleton<RetentionRuns>()
        .AddSingleton<RunRetention>()
        .AddHostedService(provider => provider.GetRequiredService<RunRetention>());
}
