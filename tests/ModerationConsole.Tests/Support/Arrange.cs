using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support;

/// <summary>What tests need to stand before they act, in the field's words.</summary>
public static class Arrange
{
    private static int s_count;

    /// <summary>Someone who works here, with a role and perhaps permissions of their own.</summary>
    public static Task<Caller> PersonAsync(this TestConsole console, string role = Roles.Moderator, string languages = "", params Permission[] own) =>
        console.WriteAsync(async scope =>
        {
            Guid id = Guid.CreateVersion7();
            string name = $"person{Interlocked.Increment(ref s_count)}";
            scope.Db.Users.Add(new IdentityUser<Guid>(name) { Id = id, Email = $"{name}@test.local", NormalizedUserName = name.ToUpperInvariant() });
            scope.Db.Add(new Moderator { Id = id, DisplayName = name, Pseudonym = $"Moderator {name}", Languages = languages, AddedAt = scope.Now });
            Guid roleId = (await scope.Db.Roles.SingleAsync(row => row.Name == role)).Id;
            scope.Db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = roleId });
            foreach (Permission permission in own)
            {
                scope.Db.Add(new PersonPermission { PersonId = id, Permission = permission });
            }

            return Caller.Person(id);
        });

    /// <summary>A queue that the given people may work.</summary>
    public static Task<CaseQueue> QueueAsync(this TestConsole console, IEnumerable<Caller>? people = null, Action<CaseQueue>? shape = null, QueueKind kind = QueueKind.Review) =>
        console.WriteAsync(scope =>
        {
            string name = $"queue-{Interlocked.Increment(ref s_count)}";
            CaseQueue queue = new() { Name = name, Slug = name, Kind = kind, PolicyRequired = false, ReasonRequired = false };
            shape?.Invoke(queue);
            scope.Db.Add(queue);
            foreach (Caller person in people ?? [])
            {
                scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = person.Id });
            }

            return Task.FromResult(queue);
        });

    /// <summary>A policy in its first version.</summary>
    public static Task<Policy> PolicyAsync(this TestConsole console, Severity severity = Severity.Medium, string recommendedActions = "") =>
        console.WriteAsync(scope =>
        {
            string id = $"pol_{Interlocked.Increment(ref s_count)}";
            Policy policy = new() { Id = id, Code = "1.1", Name = id, Severity = severity, RecommendedActions = recommendedActions };
            scope.Db.Add(policy);
            scope.Db.Add(new PolicyVersion { PolicyId = id, Number = 1, Code = "1.1", Name = id, Text = "Text", Severity = severity, RecommendedActions = recommendedActions, EffectiveFrom = scope.Now });
            return Task.FromResult(policy);
        });

    /// <summary>An action of the platform.</summary>
    public static Task<ActionDefinition> ActionAsync(this TestConsole console, string callbackUrl = "", bool reversible = true, ActionTarget target = ActionTarget.Item) =>
        console.WriteAsync(scope =>
        {
            ActionDefinition action = new()
            {
                Id = $"act_{Interlocked.Increment(ref s_count)}",
                Name = "Remove the post",
                CallbackUrl = callbackUrl,
                Reversible = reversible,
                Target = target,
            };
            scope.Db.Add(action);
            return Task.FromResult(action);
        });

    /// <summary>An action that is ordered by itself at so many strikes, if at any, and what a violation of no policy weighs.</summary>
    public static async Task StepAsync(this TestConsole console, int? count, int unnamed = 0)
    {
        string? action = count is null ? null : (await console.ActionAsync()).Id;
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new StrikeRule { Severity = Severity.None, Count = unnamed, ExpiryDays = 90 });
            if (count is { } steps)
            {
                scope.Db.Add(new StrikeThreshold { Count = steps, ActionId = action!, Automatic = true });
            }

            return Task.FromResult(true);
        });
    }

    /// <summary>A case about a new post, with one task waiting in the queue.</summary>
    public static Task<(Case Case, ReviewTask Task)> CaseAsync(
        this TestConsole console, CaseQueue queue, string text = "Some text", TaskKind kind = TaskKind.First, int priority = 50,
        DateTimeOffset? dueAt = null, string? language = null, Sensitivity sensitivity = Sensitivity.Ordinary, string? itemId = null, string author = "u-1") =>
        console.WriteAsync(async scope =>
        {
            if (!await scope.Db.Set<ItemType>().AnyAsync(row => row.Id == "post"))
            {
                scope.Db.Add(new ItemType
                {
                    Id = "post",
                    Name = "Post",
                    Fields = ItemSchema.Write(
                    [
                        new ItemField("text", FieldType.String),
                        new ItemField("images", FieldType.Image, Many: true),
                        new ItemField("author", FieldType.UserId, Role: FieldRole.Creator),
                        new ItemField("language", FieldType.String, Role: FieldRole.Language),
                    ]),
                });
            }

            string id = itemId ?? $"p-{Interlocked.Increment(ref s_count)}";
            int earlier = itemId is null ? 0 : await scope.Db.Set<ItemVersion>().CountAsync(row => row.TypeId == "post" && row.ItemId == id);
            ItemVersion item = new()
            {
                TypeId = "post",
                ItemId = id,
                Number = earlier + 1,
                ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(id + text)),
                Data = System.Text.Json.JsonSerializer.Serialize(new { author = new { id = author, typeId = "account" }, text }),
                Text = text,
                CreatorTypeId = "account",
                CreatorId = author,
                Language = language,
                ReceivedAt = scope.Now,
            };
            Case about = new() { ItemVersionId = item.Id, Source = CaseSource.Item, Language = language, Sensitivity = sensitivity, OpenedAt = scope.Now, LastEvidenceAt = scope.Now };
            scope.Db.Add(item);
            scope.Db.Add(about);
            await scope.Db.SaveChangesAsync();
            await scope.IndexWordsAsync([about.Number], CancellationToken.None);
            ReviewTask task = await scope.QueueTaskAsync(Caller.System, about, kind, queue, priority, dueAt ?? Instant.Never, CancellationToken.None);
            return (about, task);
        });

    /// <summary>A person holds the task on their screen, without going through claiming.</summary>
    public static Task<ActiveLease> HoldAsync(this TestConsole console, Caller person, ReviewTask waiting, int seconds = 120, LeaseSlot slot = LeaseSlot.Shown) =>
        console.WriteAsync(async scope =>
        {
            ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == waiting.Number);
            ActiveLease lease = new()
            {
                TaskNumber = task.Number,
                CaseNumber = task.CaseNumber,
                ExclusiveKey = task.ChangesCase ? task.CaseNumber : -task.Number,
                PersonId = person.Id,
                Slot = slot,
                Fence = task.Lease(),
                TakenAt = scope.Now,
                ShownAt = scope.Now,
                ExpiresAt = scope.Now.AddSeconds(seconds),
            };
            await scope.StopWaitingAsync(task.Number, CancellationToken.None);
            scope.Db.Add(lease);
            return lease;
        });
}
