using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Inbox;

/// <summary>Registers the inbox. Each room that has something to tell adds its own <see cref="IInboxSource"/>.</summary>
public static class InboxServices
{
    /// <summary>Adds what reads inboxes.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<InboxReader>()
        .AddSingleton<IInboxSource, KeysEnding>().AddSingleton<IInboxSource, RolesAsked>()
        .AddSingleton<ICaseRecords, InboxRecords>()
        .AddSingleton<IRecordClass>(new AgedRows<InboxItem>(
            RecordClasses.Inbox, 90, 7, (db, before) => db.Set<InboxItem>().Where(row => row.SettledAt < before).OrderBy(row => row.SettledAt)));
}
