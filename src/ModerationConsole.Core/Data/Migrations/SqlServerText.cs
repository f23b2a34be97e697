#nullable enable

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ModerationConsole.Core.Data.Migrations;

/// <summary>How text compares on SQL Server.</summary>
internal static class SqlServerText
{
    /// <summary>
    /// Changes how all columns compare for which a model names a collation. The server changes no column under a key, a reference
    /// or an index, not even under a filter that names it: they are taken away before and put back after.
    /// </summary>
    public static void Collate(MigrationBuilder builder, IModel model, string? from, string? to)
    {
        TakeAway(builder, model);
        foreach (IProperty property in model.GetEntityTypes().SelectMany(type => type.GetDeclaredProperties()).Where(IsExact))
        {
            builder.AlterColumn<string>(
                property.GetColumnName(), Table((IEntityType)property.DeclaringType), property.GetColumnType(), maxLength: property.GetMaxLength(),
                nullable: property.IsNullable, collation: to, oldClrType: typeof(string), oldType: property.GetColumnType(),
                oldMaxLength: property.GetMaxLength(), oldNullable: property.IsNullable, oldCollation: from);
        }

        PutBack(builder, model);
    }

    private static void TakeAway(MigrationBuilder builder, IModel model)
    {
        foreach (IForeignKey key in References(model))
        {
            builder.DropForeignKey(key.GetConstraintName()!, Table(key.DeclaringEntityType));
        }

        foreach (IIndex index in Indexes(model))
        {
            builder.DropIndex(index.GetDatabaseName()!, Table(index.DeclaringEntityType));
        }

        foreach (IKey key in Keys(model))
        {
            builder.DropPrimaryKey(key.GetName()!, Table(key.DeclaringEntityType));
        }
    }

    private static void PutBack(MigrationBuilder builder, IModel model)
    {
        foreach (IKey key in Keys(model))
        {
            builder.AddPrimaryKey(key.GetName()!, Table(key.DeclaringEntityType), Columns(key.Properties));
        }

        foreach (IIndex index in Indexes(model))
        {
            builder.CreateIndex(
                index.GetDatabaseName()!, Table(index.DeclaringEntityType), Columns(index.Properties), unique: index.IsUnique,
                filter: index.GetFilter(), descending: index.IsDescending?.ToArray());
        }

        foreach (IForeignKey key in References(model))
        {
            builder.AddForeignKey(
                key.GetConstraintName()!, Table(key.DeclaringEntityType), Columns(key.Properties), Table(key.PrincipalEntityType),
                principalColumns: Columns(key.PrincipalKey.Properties), onDelete: ReferentialAction.Restrict);
        }
    }

    private static IEnumerable<IForeignKey> References(IModel model) =>
        model.GetEntityTypes().SelectMany(type => type.GetDeclaredForeignKeys()).Where(key => key.Properties.Any(IsExact));

    private static IEnumerable<IKey> Keys(IModel model) =>
        model.GetEntityTypes().SelectMany(type => type.GetDeclaredKeys()).Where(key => key.Properties.Any(IsExact));

    private static IEnumerable<IIndex> Indexes(IModel model) =>
        from type in model.GetEntityTypes()
        from index in type.GetDeclaredIndexes()
        where index.Properties.Any(IsExact)
            || type.GetProperties().Any(property => IsExact(property) && index.GetFilter()?.Contains($"[{property.GetColumnName()}]", StringComparison.Ordinal) == true)
        select index;

    private static bool IsExact(IProperty property) => property.GetCollation() is not null;

    private static string Table(IEntityType type) => type.GetTableName()!;

    private static string[] Columns(IReadOnlyList<IProperty> properties) => [.. properties.Select(property => property.GetColumnName())];
}
