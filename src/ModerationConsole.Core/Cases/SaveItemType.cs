using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Cases;

/// <summary>What became of an item type that was to be saved.</summary>
public enum SaveItemTypeOutcome
{
    Saved,

    /// <summary>The id is not 1 to 200 of letters, digits and <c>_ - . :</c>.</summary>
    IdInvalid,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>A field is wrong; the problem says which and why.</summary>
    FieldsInvalid,

    /// <summary>There is a type of that id already, and this was meant to be a new one.</summary>
    IdTaken,

    /// <summary>Items of the type are stored, so what it describes cannot become something else.</summary>
    KindFixed,

    /// <summary>Someone saved it meanwhile, or it is not there.</summary>
    Changed,
}

/// <summary>An item type as a person wants it.</summary>
/// <param name="Version">The version it was read at; null for a new type.</param>
public sealed record ItemTypeDraft(
    string Id, string Name, ItemKind Kind, IReadOnlyList<ItemField> Fields, Sensitivity Sensitivity = Sensitivity.Ordinary, bool Archived = false, long? Version = null);

/// <summary>What became of it, and which field is wrong where one is.</summary>
public sealed record SavedItemType(SaveItemTypeOutcome Outcome, FieldProblem? Problem = null);

/// <summary>Defines an item type, or changes one. Items that are stored keep the data they came with.</summary>
[Requires(Permission.ManageItemTypes)]
public sealed partial class SaveItemType(WritePath writes, IAccessGuard guard, ItemTypeChanges changes) : IUseCase
{
    /// <summary>Saves the type. A change of its fields raises its schema version.</summary>
    public async Task<SavedItemType> RunAsync(Caller caller, ItemTypeDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveItemType>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        if (draft.Id is null || !TypeId().IsMatch(draft.Id))
        {
            return new SavedItemType(SaveItemTypeOutcome.IdInvalid);
        }

        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > TextLength.Id)
        {
            return new SavedItemType(SaveItemTypeOutcome.NameInvalid);
        }

        string fields = ItemSchema.Write(draft.Fields);
        if ((FieldRules.Check(draft.Fields) ?? FieldRules.CheckLength(fields)) is { } problem)
        {
            return new SavedItemType(SaveItemTypeOutcome.FieldsInvalid, problem);
        }

        return new SavedItemType(await writes.RunAsync(
            (scope, cancel) =>
            {
                scope.AfterCommit(changes.Changed);
                return SaveAsync(scope, caller, draft, fields, cancel);
            },
            cancellationToken).ConfigureAwait(false));
    }

    private static async Task<SaveItemTypeOutcome> SaveAsync(WriteScope scope, Caller caller, ItemTypeDraft draft, string fields, CancellationToken cancellationToken)
    {
        ItemType? row = await scope.Db.Set<ItemType>().SingleOrDefaultAsync(type => type.Id == draft.Id, cancellationToken).ConfigureAwait(false);
        if (draft.Version is null && row is not null)
        {
            return SaveItemTypeOutcome.IdTaken;
        }

        if (draft.Version is { } version && row?.Version != version)
        {
            return SaveItemTypeOutcome.Changed;
        }

        if (row is not null && row.Kind != draft.Kind
            && await scope.Db.Set<ItemVersion>().AnyAsync(item => item.TypeId == draft.Id, cancellationToken).ConfigureAwait(false))
        {
            return SaveItemTypeOutcome.KindFixed;
        }

        if (row is null)
        {
            row = new ItemType { Id = draft.Id, Fields = fields };
            scope.Db.Add(row);
        }
        else if (row.Fields != fields)
        {
            row.Fields = fields;
            row.SchemaVersion++;
        }

        row.Name = draft.Name.Trim();
        row.Kind = draft.Kind;
        row.Sensitivity = draft.Sensitivity;
        row.Archived = draft.Archived;
        scope.Record(caller, AuditAct.ItemTypeChanged, subject: row.Id, details: new Dictionary<string, object?>
        {
            ["archived"] = row.Archived,
            ["kind"] = row.Kind.ToString(),
            ["schemaVersion"] = row.SchemaVersion,
            ["sensitivity"] = row.Sensitivity.ToString(),
        });
        scope.Publish(LiveKind.ConfigurationChanged, state: "item-type");
        return SaveItemTypeOutcome.Saved;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TypeId();
}
