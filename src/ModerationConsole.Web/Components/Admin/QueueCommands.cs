using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>What can be asked and done about a queue, together for the page that offers all of it.</summary>
public sealed record QueueCommands(ListQueues ListQueues, ListQueueAccess ListQueueAccess, SaveQueue SaveQueue, SetQueueAccess SetQueueAccess);
