using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Cases;

/// <summary>Registers what cases answer for lower rooms.</summary>
public static class CaseServices
{
    /// <summary>Adds whether someone may know of a case, the comparing of items, and the search of the database in use.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<ICaseSight, CaseSightForAudit>()
        .AddSingleton<ItemTypeChanges>()
        .AddSingleton<SharedSight>()
        .AddSingleton<IAlikeItems, ExactCopies>()
        .AddSingleton<IKnownCases, KnownCases>()
        .AddSingleton<ICaseRecords, CaseOwnRecords>()
        .AddSingleton<CaseHolds>()
        .AddSingleton<ContentErasing>()
        .AddSingleton<IActorRecords, ActorItems>()
        .AddSingleton<IRecordClass, CaseClass>()
        .AddSingleton<IRecordClass, ContentClass>()
        .AddSingleton<IRecordClass, MediaClass>()
        .AddSingleton<IRecordClass, RevealClass>()
        .AddSingleton<ITextSearch>(provider => provider.GetRequiredService<DatabaseOptions>().Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteText(),
            DatabaseProvider.PostgreSql => new PostgresText(),
            DatabaseProvider.SqlServer => new SqlServerText(),
            _ => throw new InvalidOperationException("Database:Provider is unknown."),
        })
        .AddSingleton<IndexOldCases>()
        .AddHostedService(provider => provider.GetRequiredService<IndexOldCases>());
}
