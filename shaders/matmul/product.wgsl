// A thread's part of a matrix product (see tile.wgsl), in the variant that the engine measured as the fastest for its size. All
// variants have the same sums in the same order:
//   tiled     through workgroup memory
//   direct    every thread reads its own values
//   quad_swap for software adapters (software/quad_swap_product.wgsl)
// `diagonal` and `periodic` are no variants of these but what layers of such kinds ask for (diagonal.wgsl, periodic.wgsl).
import package::matmul::tile::{Results, Tile};
@if(tiled) import package::matmul::tiled::tiled_product;
@if(diagonal) import package::matmul::diagonal::diagonal_product;
@if(periodic) import package::matmul::periodic::periodic_product;
@if(!tiled && !quad_swap && !diagonal && !periodic) import package::matmul::direct::direct_product;
@if(quad_swap) import package::software::quad_swap_product::quad_swap_product;

/// To be called by all threads of the workgroup.
fn tile_product(tile: Tile, local: vec3u, depth: u32) -> Results {
  @if(tiled) return tiled_product(tile, local, depth);
  @elif(quad_swap) return quad_swap_product(tile, local, depth);
  @elif(diagonal) return diagonal_product(tile, depth);
  @elif(periodic) return periodic_product(tile);
  @else return direct_product(tile, depth);
}
