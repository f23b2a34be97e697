using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ItemVersionNumbers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Number",
                table: "item_version",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql(
                """
                UPDATE item_version SET "Number" = (
                    SELECT COUNT(*) FROM item_version AS other
                    WHERE other."ItemId" = item_version."ItemId" AND other."TypeId" = item_version."TypeId"
                        AND (other."ReceivedAt" < item_version."ReceivedAt"
                            OR (other."ReceivedAt" = item_version."ReceivedAt" AND other."Id" <= item_version."Id")))
                """);

            migrationBuilder.CreateIndex(
                name: "IX_item_version_ItemId_TypeId_Number",
                table: "item_version",
                columns: new[] { "ItemId", "TypeId", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_item_version_ItemId_TypeId_Number",
                table: "item_version");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "item_version");
        }
    }
}
